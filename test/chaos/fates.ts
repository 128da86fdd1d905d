import { setTimeout as pause } from 'node:timers/promises';
import type { BookingView } from '../../domain/view.ts';
import { readEvents } from '../e2e/support/event-stream.ts';
import { LOAD_FACTOR } from '../support/load.ts';
import { type Fate, factsOf, violationsOf } from './checker.ts';
import { LEG_SECONDS, type Subject } from './phases.ts';
import type { Rig } from './rig.ts';

/** What became of a booking, and what was wrong with that. */
export interface Verdict extends Subject {
  view: BookingView;
  violations: string[];
}

const LOOK_EVERY_MS = 2_000;

/** Waits until all are final. One look at a time: hundreds that look at once would be a disaster of another kind. */
async function finals(rig: Rig, subjects: readonly Subject[], limitMs: number): Promise<Map<string, BookingView>> {
  const found = new Map<string, BookingView>();
  const giveUp = performance.now() + limitMs * LOAD_FACTOR;
  for (;;) {
    for (const { id } of subjects) {
      if (found.has(id)) continue;
      const view = await rig.client.booking(id);
      if (view.outcome) found.set(id, view);
    }
    if (found.size === subjects.length || performance.now() > giveUp) return found;
    await pause(LOOK_EVERY_MS);
  }
}

/** Waits for every outcome, and holds each booking's fate against the guarantees. */
export async function verdicts(rig: Rig, subjects: readonly Subject[], limitMs = 120_000): Promise<Verdict[]> {
  const found = await finals(rig, subjects, limitMs);
  const verdicts: Verdict[] = [];
  for (const subject of subjects) {
    const { id, number } = subject;
    const again = await rig.client.booking(id);
    const view = found.get(id) ?? again;
    const events = view.outcome ? await readEvents(`${rig.url}/v1/bookings/${id}/events`) : [];
    const fate: Fate = {
      id,
      number,
      legSeconds: LEG_SECONDS,
      view,
      again,
      finals: events.flatMap(({ event, data }) => (event === 'final' ? [String(data.at)] : [])),
      ...factsOf(id, number, rig.sandbox.log(number)),
    };
    verdicts.push({ ...subject, view, violations: violationsOf(fate) });
  }
  return verdicts;
}

const nameOf = ({ view }: Verdict): string =>
  view.outcome ? `${view.outcome.result}${view.outcome.simulated ? ' (simulated)' : ''}` : `none (${view.status})`;

/** How many bookings came to which result, by disaster and phase: one line for each that differs. */
export function summary(verdicts: readonly Verdict[]): string {
  const rows = new Map<string, Map<string, number>>();
  for (const verdict of verdicts) {
    const key = `${verdict.disaster.padEnd(28)} ${verdict.phase.name.padEnd(12)}`;
    const row = rows.get(key) ?? new Map<string, number>();
    row.set(nameOf(verdict), (row.get(nameOf(verdict)) ?? 0) + 1);
    rows.set(key, row);
  }
  return [...rows]
    .map(([key, row]) => `${key} ${[...row].map(([result, count]) => `${count} ${result}`).join(', ')}`)
    .join('\n');
}

/** Each violation with its booking, for a failure's message. */
export const complaints = (verdicts: readonly Verdict[]): string[] =>
  verdicts.flatMap(({ id, disaster, phase, violations }) =>
    violations.map((violation) => `${disaster}, ${phase.name} (${id}): ${violation}`),
  );
