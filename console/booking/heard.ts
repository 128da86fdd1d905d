import type { Report } from '../../domain/result.ts';
import type { Agreed, TalkFinding } from '../../domain/talk/types.ts';
import type { StoredEvent } from './story.ts';

/** The appointment in a booking's evidence: as read from the talk, and as the agent reported it. */
export interface Heard {
  /** ISO date; only if the words mean one day. */
  date: string | undefined;
  /** HH:MM; only if the words mean one time. */
  time: string | undefined;
  reported: Report | undefined;
}

/** Of several possible meanings the one that the report names, else the only one. */
const meant = (agreed: Agreed | undefined, reported: string | undefined): string | undefined =>
  agreed?.values.find((value) => value === reported) ?? (agreed?.values.length === 1 ? agreed.values[0] : undefined);

/** The latest evidence counts. */
export function heardIn(events: readonly StoredEvent[]): Heard {
  let talk: TalkFinding | undefined;
  let reported: Report | undefined;
  for (const { event } of events) {
    if (event.type !== 'evidence') continue;
    const { evidence } = event;
    if ('transcript' in evidence && evidence.transcript?.talk?.readable) talk = evidence.transcript.talk;
    if ('report' in evidence && evidence.report?.result === 'confirmed') reported = evidence.report;
  }
  return {
    date: meant(talk?.date, reported?.confirmed_date),
    time: meant(talk?.time, reported?.confirmed_time),
    reported,
  };
}
