import { citedIn } from '../domain/cited-turns.ts';
import type { BookingOrder } from '../domain/order.ts';
import { readTalk } from '../domain/talk/read-talk.ts';
import type { TalkFinding } from '../domain/talk/types.ts';
import { talkContext } from '../domain/talk-context.ts';
import type { BookingView } from '../domain/view.ts';
import type { EventRecords, StoredTurn } from './ports/events.ts';

const DAY_MS = 86_400_000;

/** One conversation of a call. */
interface Talk {
  call_id: string;
  turns: StoredTurn[];
  /** By the provider's clock, ISO 8601. */
  started_at?: string | undefined;
}

/**
 * Stores one conversation's transcript and reads the agreement from it. The finding counts turns of the stored transcript, which for a
 * bridged call is the bridge's own.
 * @param now Unix milliseconds
 * @throws UnknownBooking
 */
export async function keepTalk(
  records: Pick<EventRecords, 'putTranscript' | 'turnsOf'>,
  { order, view }: { order: BookingOrder; view: Pick<BookingView, 'attempts'> },
  talk: Talk,
  now: number,
): Promise<TalkFinding> {
  const { call_id, turns } = talk;
  await records.putTranscript(call_id, turns, 'conversation');
  const finding = readTalk(turns, talkContext(order, beginningOf(talk, view, now)));
  return citedIn(await records.turnsOf(call_id), finding, turns);
}

/** Accepts a provider's start time only if our dial can have caused it. */
function beginningOf({ call_id, started_at }: Talk, { attempts }: Pick<BookingView, 'attempts'>, now: number): number {
  const attempt = attempts.find((one) => one.call_id === call_id);
  const dialed = attempt ? Date.parse(attempt.started_at) : now;
  const began = Date.parse(started_at ?? '');
  return Math.abs(began - dialed) < DAY_MS ? began : dialed;
}
