import type { PhonePolicy } from '../../../domain/channels.ts';
import { generate as bookingOf } from '../generate.ts';
import { Random } from '../random.ts';
import { NEVER, type Schedule, type Span } from '../schedule.ts';
import type { CandidatePlan, ShortlistPlan } from './plan.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Seeds of bookings that no other level plays. */
const APART = 31_000_003;
const FATES = 40;

const spans = (random: Random, share: number, longest: number): Span[] =>
  random.chance(share)
    ? Array.from({ length: random.int(1, 2) }, () => ({
        from_ms: Math.floor(random.next() ** 2 * 4 * HOUR),
        for_ms: 1_000 + Math.floor(random.next() ** 2 * longest),
      }))
    : [];

/** A booking that gives no appointment more often than not: else hardly any candidate but the first would be asked. */
function bookingSchedule(random: Random, seed: number): Schedule {
  const schedule = bookingOf(seed);
  const refuses = random.chance(0.5);
  for (const dial of schedule.dials) {
    if (refuses && dial.callee === 'talks' && dial.report === 'confirmed')
      dial.report = random.pick(['declined', 'no_availability', 'callback_requested', 'none'] as const);
    if (dial.report === 'callback_requested' && random.chance(0.7))
      dial.call_me_in_ms = random.pick([MINUTE, 30 * MINUTE, 5 * HOUR, 20 * HOUR]);
  }
  // A business that nobody could ring for days makes a long seed, and shows nothing.
  if (schedule.barred_at_ms < NEVER && random.chance(0.5)) schedule.barred_at_ms = NEVER;
  return schedule;
}

function candidate(random: Random, seed: number): CandidatePlan {
  const bookings = [0, 1, 2].map((n) => bookingSchedule(random, seed + n));
  const { zone, opening_hours } = bookings[0]!.times;
  return {
    zone,
    opening_hours,
    bookings,
    ...(random.chance(0.85) && {
      review: {
        after_ms: random.pick([0, MINUTE, HOUR, 20 * HOUR]) + random.int(0, MINUTE),
        result: random.weighted({ declined: 3, confirmed: 1 }),
      },
    }),
    ...(random.chance(0.2) && {
      ring_back: {
        after_ms: random.pick([0, 10_000, 2 * MINUTE, 20 * MINUTE, 3 * HOUR]) + random.int(0, MINUTE),
        says: random.pick(['gives', 'gives', 'doubtful', 'nothing'] as const),
      },
    }),
    erase_after_ms: random.chance(0.06) ? random.pick([0, MINUTE, HOUR]) + random.int(0, MINUTE) : NEVER,
  };
}

const MAX_BUDGET_SECONDS = 86_400;
const asAccepted = (policy: PhonePolicy): PhonePolicy => ({
  ...policy,
  budget_seconds: Math.min(policy.budget_seconds, MAX_BUDGET_SECONDS),
});

/** What one seed brings to a shortlist. Pure. */
export function generate(seed: number): ShortlistPlan {
  const random = new Random(seed ^ 0x51_0f_11_57);
  const heat = random.pick([0, 0.03, 0.1, 0.25]);
  const some = (share: number, within: number): number[] =>
    random.chance(share) ? Array.from({ length: random.int(1, 2) }, () => Math.floor(random.next() ** 2 * within)) : [];
  const { native, bridge, callback } = bookingOf(seed + APART);
  const isCallable = native.enabled || bridge.enabled;
  const count = random.pick([1, 2, 2, 3, 3, 4, 6]);
  const from_hour = random.int(0, 20);
  const fate = () =>
    random.chance(heat) ? random.pick(['fails', 'dies_before', 'dies_after', 'late'] as const) : ('none' as const);
  const candidates = Array.from({ length: count }, (_, i) => candidate(random, (seed * 16 + i) * 3 + APART));
  // Hours that never meet those of the business are refused.
  const isNarrow = random.chance(0.3) && candidates.every(({ opening_hours }) => opening_hours.length === 0);
  return {
    seed,
    starts_at_hour: random.int(0, 23),
    window: isNarrow ? { from_hour, to_hour: random.int(from_hour + 1, 24) } : { from_hour: 0, to_hour: 24 },
    native: asAccepted(native),
    bridge: asAccepted(bridge),
    simulation: random.chance(0.8) || !isCallable,
    callback,
    candidates,
    decide_by_ms: random.chance(0.25)
      ? random.pick([2 * MINUTE, 10 * MINUTE, HOUR, 10 * HOUR, 30 * HOUR]) + random.int(0, MINUTE)
      : NEVER,
    cancel_at_ms: random.chance(0.2) ? Math.floor(random.next() ** 3 * 6 * HOUR) : NEVER,
    cancel_lost: random.chance(heat),
    repeated_at_ms: random.chance(0.2) ? Math.floor(random.next() ** 2 * 4 * HOUR) : NEVER,
    has_callback_url: random.chance(0.7),
    client_fails: random.chance(heat) ? random.int(1, 4) : 0,
    fates: Array.from({ length: FATES }, fate),
    late_ms: random.pick([2 * MINUTE, 10 * MINUTE, 2 * HOUR]),
    starts: Array.from({ length: 8 }, () =>
      random.chance(heat) ? random.pick(['refused', 'answer_lost'] as const) : ('none' as const),
    ),
    signals: Array.from({ length: 12 }, () =>
      random.chance(heat) ? random.pick(['lost', 'late', 'twice'] as const) : ('on_time' as const),
    ),
    standstills: spans(random, heat, HOUR),
    database_outages: spans(random, heat, HOUR / 2),
    gone_at_ms: some(heat, 6 * HOUR),
    set_backs: some(heat, 6 * HOUR).map((at_ms) => ({
      at_ms,
      back_ms: random.pick([1_000, MINUTE, 20 * MINUTE, 3 * HOUR]),
    })),
  };
}
