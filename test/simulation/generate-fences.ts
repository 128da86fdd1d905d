import { Random } from './random.ts';
import { type Anchor, NEVER, type Reset, type Schedule, type Stretch } from './schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** In the middle of a dial or its talk as often as somewhere in the booking's life. */
function anchor(random: Random): Anchor {
  if (random.chance(0.7)) return { after_dial: random.int(1, 2), at_ms: Math.floor(random.next() ** 2 * 2 * MINUTE) };
  return { after_dial: 0, at_ms: Math.floor(random.next() ** 2 * (HOUR / 2)) };
}

const some = <T>(random: Random, share: number, one: () => T): T[] =>
  random.chance(share) ? Array.from({ length: random.int(1, 2) }, one) : [];

const stretch = (random: Random, longest: number): Stretch => ({
  ...anchor(random),
  for_ms: 1_000 + Math.floor(random.next() ** 2 * longest),
});

const setBack = (random: Random): number => random.pick([100, 2_000, 20_000, 90_000, 10 * MINUTE]);

const reset = (random: Random): Reset => ({
  ...anchor(random),
  back_ms: setBack(random),
  retold: random.chance(0.5),
  in_flight: random.pick(['repeated', 'lost']),
  afterwards: random.weighted({ nothing: 6, cancel: 2, forbid: 1 }),
});

/**
 * What lies outside of one booking's engine and accounts: a store that forgets, another mode on the same data, present limits, a
 * prohibition from elsewhere. With chance of its own, so that a seed's other disasters stay what they were.
 */
export function addFencesTo(schedule: Schedule, heat: number): void {
  const random = new Random(schedule.seed ^ 0x5eed_fe9c);
  schedule.resets = some(random, heat / 2, () => reset(random));
  if (random.chance(heat / 3)) schedule.older_databases = [{ ...anchor(random), back_ms: setBack(random) }];
  schedule.other_accounts = some(random, heat / 4, () => stretch(random, random.pick([MINUTE, HOUR / 2, 3 * HOUR])));
  schedule.database_outages = some(random, heat / 3, () => stretch(random, random.pick([2 * MINUTE, HOUR / 2])));
  if (random.chance(heat / 4)) {
    const from_hour = random.int(0, 20);
    const window = random.chance(0.3)
      ? { from_hour: 0, to_hour: 24 }
      : { from_hour, to_hour: random.int(from_hour + 1, 24) };
    schedule.hours_change = { at_ms: Math.floor(random.next() ** 2 * (HOUR / 2)), window };
  }
  if (random.chance(heat / 10)) schedule.barred_at_ms = Math.floor(random.next() ** 2 * (HOUR / 2));
  if (random.chance(heat / 10)) schedule.gone_at_ms = Math.floor(random.next() ** 2 * (HOUR / 2));
  for (const dial of schedule.dials.slice(0, -1)) {
    if (random.chance(heat / 3)) dial.looks_ms = random.pick([50, 3_000, 15_000, 25_000]);
    if (random.chance(heat / 3)) dial.claims_ms = random.pick([10, 3_000]);
    if (dial.guard === 'none' && random.chance(heat / 5)) {
      dial.guard = random.weighted({ forbidden_meanwhile: 1, reset_meanwhile: 2 });
    }
  }
  if (schedule.barred_at_ms >= NEVER && random.chance(heat / 8)) {
    schedule.do_not_call_at_ms = Math.floor(random.next() ** 3 * HOUR);
  }
}
