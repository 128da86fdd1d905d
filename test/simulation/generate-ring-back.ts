import { Random } from './random.ts';
import { quietDial, type Schedule } from './schedule.ts';

/** Numbers of their own: what a seed brings otherwise is what it brought before businesses rang back. */
const APART = 900_100;

/** Some businesses ring back: while our phone rings there, while nobody calls, and after the end. */
export function addRingBackTo(schedule: Schedule): void {
  const random = new Random(schedule.seed ^ APART);
  if (!random.chance(0.25)) return;
  // While it rings, in the pause before a redial, or when that is due.
  const after_ms = random.pick([0, 5_000, 40_000, 80_000, 100_000, 110_000, 300_000]) + random.int(0, 30_000);
  const plan = {
    ...quietDial(),
    callee: random.pick(['talks', 'talks', 'talks', 'hangs_up_at_once', 'says_nothing'] as const),
    talks_ms: random.int(3_000, 60_000),
    report: random.pick(['confirmed', 'confirmed', 'declined', 'none'] as const),
    words: random.pick(['gives', 'gives', 'hedges'] as const),
    report_fault: random.pick(['none', 'none', 'lost', 'twice', 'late'] as const),
    agent: random.pick(['none', 'none', 'none', 'never_starts', 'stream_lost'] as const),
    // First the call itself, which is on record whatever becomes of its signal; the bridge repeats its word until somebody has it.
    callbacks: [
      random.pick(['on_time', 'lost', 'late', 'twice'] as const),
      random.pick(['on_time', 'late', 'twice'] as const),
    ],
    post_call: random.pick(['none', 'lost', 'late'] as const),
  };
  const stranger = random.chance(0.1);
  schedule.ring_back = { after_ms, plan, ...(stranger ? { stranger } : {}) };
}
