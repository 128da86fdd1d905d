import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { knownNumbers } from '../../domain/admission.ts';
import { type Decision, decide } from '../../domain/decide.ts';
import { type StateOfAnyVersion, stateOfAnyVersion } from '../../domain/earlier-state.ts';
import { fold } from '../../domain/fold.ts';
import { viewOf, waitingOf } from '../../domain/render.ts';
import type { BookingState } from '../../domain/state.ts';
import { type BookingView, ofAnyVersion, type Waiting } from '../../domain/view.ts';
import { bookingInput, type Changes } from '../support/orders.ts';
import { status } from '../support/world.ts';

/** A state as a build before 0.2 handed it on, and what that build made of it: one a line. */
interface Earlier {
  name: string;
  changes: Changes;
  carried: Omit<StateOfAnyVersion, 'input'>;
  then: {
    view: BookingView;
    known: number[];
    next: number;
    steps: { at: number; step: Decision; waiting?: Waiting }[];
  };
}

const EARLIER: Earlier[] = readFileSync(new URL('./earlier-states.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const asNow = ({ changes, carried }: Earlier): BookingState =>
  stateOfAnyVersion({ ...carried, input: bookingInput(changes) } as StateOfAnyVersion);
const handedOn = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const called = (name: string): BookingState => asNow(EARLIER.find((earlier) => earlier.name.includes(name))!);

describe('a state that an earlier build handed on', () => {
  it.each(EARLIER)('$name: is shown and gone on with as that build would have', (earlier) => {
    const state = asNow(earlier);
    const { view, known, next, steps } = earlier.then;
    expect(viewOf(state)).toEqual(ofAnyVersion(view));
    expect(knownNumbers(state)).toEqual(known);
    for (const { at, step, waiting } of steps) {
      const now = decide(state, at);
      expect(handedOn(now)).toEqual(step);
      expect(waitingOf(state, now)).toEqual(waiting);
    }
    const dialed = fold(state, { type: 'dial_started', channel: 'native' }, steps[0]!.at);
    expect(dialed.attempts.at(-1)!.n).toBe(next);
  });

  it('has among its attempts no dial that was put off', () => {
    const { attempts, put_off } = called('between others');
    expect(attempts.map(({ n }) => n)).toEqual([2, 3]);
    expect(put_off).toMatchObject([
      { n: 1, why: 'twilio_429', waits_for: 'rate_limit', left: true },
      { n: 4, why: 'outside_window', waits_for: 'calling_hours' },
      { n: 5, why: 'twilio_429', waits_for: 'rate_limit', left: true },
      { n: 6, why: 'twilio_full', waits_for: 'rate_limit' },
    ]);
  });

  it('knows a dial that was put off when it rings all the same', () => {
    const state = called('between others');
    const rang = fold(state, { type: 'evidence', evidence: status(5, 'ringing') }, state.updated_at + 1_000);
    expect(rang.attempts.at(-1)).toMatchObject({ n: 5, leg: 'live', rang: true });
  });

  it('as today’s build hands it on comes out as it went in', () => {
    for (const state of EARLIER.map(asNow)) expect(stateOfAnyVersion(handedOn(state))).toEqual(handedOn(state));
  });
});
