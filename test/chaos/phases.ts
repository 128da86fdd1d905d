import type { z } from 'zod';
import type { Moment } from '../../sandbox/holds.ts';
import type { scenarioOrder } from '../../sandbox/scenario.ts';
import { ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../e2e/support/client.ts';
import { plainNumber } from '../support/plain-numbers.ts';
import { until } from '../support/until.ts';
import type { Rig } from './rig.ts';

/** How a number's business and providers behave. */
export type World = Omit<z.input<typeof scenarioOrder>, 'number' | 'hold'>;

/** A moment in a booking's life at which disaster may strike. */
export interface Phase {
  name: string;
  wish: Wish;
  world: World;
  /** Where the sandbox holds the call; undefined: the booking was only just accepted. */
  moment?: Moment;
}

/** Ringing and talking are held for as long as a disaster takes; nothing else is to run out meanwhile. */
const PATIENT = { ring_seconds: 60, max_call_seconds: 120 };
/** From being placed to its end, in seconds: `PATIENT`, and a bound. */
export const LEG_SECONDS = PATIENT.ring_seconds + PATIENT.max_call_seconds + 15;

const A = { ...ONLY_NATIVE, native: PATIENT };
const B = { ...ONLY_BRIDGE, bridge: PATIENT };
const R = { native: { enabled: false }, registered: { enabled: true, ...PATIENT }, bridge: { enabled: false } };
const REFUSED: World = { native: '403', twilio_create: '21216' };

const held = (channel: string, wish: Wish, world: World, moments: readonly Moment[]): Phase[] =>
  moments.map((moment) => ({ name: `${channel} ${moment}`, wish, world, moment }));

/** Each phase of A, R, B and C. */
export const PHASES: readonly Phase[] = [
  { name: 'A accepted', wish: A, world: {} },
  ...held('A', A, {}, ['request', 'answer', 'ringing', 'talk', 'reported', 'ended']),
  ...held('R', R, {}, ['ringing', 'stream', 'talk', 'reported']),
  // Our bridge has its sound.
  ...held('R refused', R, { register: '503' }, ['ringing', 'talk']),
  { name: 'B accepted', wish: B, world: {} },
  ...held('B', B, {}, ['request', 'answer', 'ringing', 'stream', 'talk', 'reported', 'ended']),
  ...held('C', {}, REFUSED, ['talk', 'reported']),
];

/** A booking that was brought to a phase. */
export interface Subject {
  id: string;
  number: string;
  phase: Phase;
  /** What befalls it there. */
  disaster: string;
  /** It was there. False: an earlier disaster's aftermath has brought it to its end before. */
  reached: boolean;
}

let count = 0;

/** Numbers that nothing is known of: everything goes well, except for what is ordered. */
export function freshNumber(): string {
  const [block, last] = [Math.floor(count / 50), count % 50];
  count++;
  return plainNumber(5_411_440_000 + block * 100, last);
}

const PATIENCE_MS = 90_000;

/** Waits for a call to be held; false when the booking became final instead. Fails when it does neither. */
async function isHeld(rig: Rig, id: string, number: string, moment: Moment): Promise<boolean> {
  let nextLook = performance.now() + 5_000;
  return until(
    async () => {
      if (rig.sandbox.heldAt(number) === moment) return 'held';
      if (performance.now() < nextLook) return undefined;
      nextLook = performance.now() + 1_000;
      return (await rig.client.booking(id)).outcome ? 'final' : undefined;
    },
    PATIENCE_MS,
    `${id} to be held at ${moment}`,
  ).then((how) => how === 'held');
}

/** Books into each phase at once; resolves when every booking is where it is to be. */
export async function bringTo(rig: Rig, phases: readonly Phase[], disaster: string): Promise<Subject[]> {
  const book = async (phase: Phase): Promise<Subject> => {
    const number = freshNumber();
    const { moment } = phase;
    rig.sandbox.scenario({ number, ...phase.world, ...(moment && { hold: moment }) });
    const { id } = await rig.client.book(number, phase.wish);
    const reached = !moment || (await isHeld(rig, id, number, moment));
    return { id, number, phase, disaster, reached };
  };
  const accepted = (phase: Phase): boolean => phase.moment === undefined;
  const held = await Promise.all(phases.filter((phase) => !accepted(phase)).map(book));
  // These last: they do not wait for anything.
  const young = await Promise.all(phases.filter(accepted).map(book));
  return [...held, ...young];
}

export const release = (rig: Rig, subjects: readonly Subject[]): void => {
  for (const { number } of subjects) rig.sandbox.release(number);
};

/** Phases in which the call's sound runs through a bridge. */
export const LIVE_ON_A_BRIDGE: readonly Phase[] = PHASES.filter(({ name }) =>
  /^(B (stream|talk|reported)|R refused talk)$/.test(name),
);
