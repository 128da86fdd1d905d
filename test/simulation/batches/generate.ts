import { Random } from '../random.ts';
import type {
  BatchPlan,
  Blow,
  CallPlan,
  Command,
  Fate,
  FateKind,
  RowPlan,
  Schedule,
  Span,
  TimedCommand,
} from './schedule.ts';

const MINUTE = 60_000;
/** Commands and blows come within this time. */
const TROUBLE_MS = 40 * MINUTE;

/** Operations that fates strike, each as often as its weight says. */
export const STRUCK: Record<string, number> = {
  acceptBooking: 6,
  markStarted: 3,
  start: 5,
  takeRows: 6,
  rowAccepted: 8,
  rowRefused: 3,
  changeBatch: 8,
  batch: 3,
  openGate: 8,
  takeLine: 6,
  releaseLine: 2,
  takeSlots: 3,
  releaseSlots: 1,
  saveSnapshot: 5,
  claimDial: 2,
  lineHanded: 5,
  childEnded: 4,
  wake: 6,
  cancel: 4,
  catchUp: 2,
  expireRows: 2,
  cancelUntaken: 3,
  cancelRow: 3,
  cancelsLeft: 1,
  interruptedRows: 2,
  bookingOfRow: 2,
  openRowsOf: 2,
  beginBatch: 2,
  putRows: 2,
  openBatch: 3,
  appendRows: 3,
  knownRows: 1,
  retimeRows: 2,
  rowsToRetime: 2,
  retimeBooking: 2,
  retime: 2,
  rowsRetimed: 1,
  mindPlaces: 2,
  dial: 2,
  post: 2,
  beginBatchErasure: 1,
  bookingsOfBatch: 1,
  forgetBatch: 1,
  finishBatchErasure: 1,
  erase: 1,
  forgetBooking: 1,
  endLost: 1,
  inLine: 2,
  lastTried: 1,
};

/** Operations right after which commands come: in the middle of an acceptance, of a turn, of a dial. */
const BESIDE = [
  ...['batch', 'openGate', 'takeRows', 'acceptBooking', 'start', 'markStarted', 'rowAccepted', 'changeBatch', 'inLine'],
  ...[
    'takeLine',
    'takeSlots',
    'claimDial',
    'saveSnapshot',
    'lineHanded',
    'childEnded',
    'cancelUntaken',
    'interruptedRows',
  ],
];

const SIGNALS = ['lineHanded', 'childEnded', 'wake'];
const KINDS: Record<Exclude<FateKind, 'lost' | 'twice' | 'late'>, number> = {
  dies_before: 3,
  dies_after: 5,
  refused: 2,
  answer_lost: 4,
  sleeps_before: 3,
  sleeps_after: 2,
  unheard: 2,
};

function fate(random: Random): Fate {
  const on = random.weighted(STRUCK);
  const nth = 1 + Math.floor(random.next() ** 2 * 8);
  if (SIGNALS.includes(on) && random.chance(0.4))
    return { on, nth, kind: random.pick(['lost', 'twice', 'late'] as const) };
  const kind = random.weighted(KINDS);
  // A request that has passed every check leaves: no process stands still for minutes just then (see the assumptions of the core).
  return { on, nth, kind: on === 'dial' && kind === 'sleeps_before' ? 'sleeps_after' : kind };
}

const call = (random: Random): CallPlan => ({
  end: random.weighted({ talks: 8, busy: 2, no_answer: 2, bad_number: 0.5, channel_refused: 0.3, rate_limited: 0.7 }),
  result: random.weighted({ confirmed: 4, declined: 2, no_availability: 1, voicemail: 0.5, none: 0.3 }),
  rings_ms: random.int(1_000, 20_000),
  talks_ms: random.int(5_000, 80_000),
});

function row(random: Random, key: string, line: number): RowPlan {
  const plan: RowPlan = { key, line, kind: random.weighted({ plain: 12, invalid: 1, abroad: 1 }), calls: [] };
  plan.calls = Array.from({ length: 3 }, () => call(random));
  if (random.chance(0.15)) plan.not_before_ms = random.int(2, 30) * MINUTE;
  if (random.chance(0.15)) plan.not_after_ms = (plan.not_before_ms ?? 0) + random.int(3, 40) * MINUTE;
  return plan;
}

function batch(random: Random, index: number): BatchPlan {
  const rows: RowPlan[] = [];
  const count = random.weighted({ few: 5, some: 3, many: 1 });
  const most = { few: random.int(1, 3), some: random.int(4, 6), many: random.int(7, 12) }[count];
  // Rows of two batches share numbers, and so may rows of one.
  for (let n = 1; n <= most; n++)
    rows.push(row(random, `b${index}r${n}`, random.chance(0.15) ? random.int(1, 3) : 10 * index + n));
  const at_ms = index * random.int(0, 3 * MINUTE);
  return {
    at_ms,
    rows,
    max_concurrent: random.int(1, 4),
    start: random.chance(0.15) ? 'held' : 'now',
    duplicates: random.chance(0.7) ? 'allow' : 'skip',
    ...(random.chance(0.2) && { stop_after: { share: random.pick([0.3, 0.5, 1]), of_last: random.int(1, 3) } }),
    tells: random.chance(0.5),
    again_ms: [
      ...(random.chance(0.15) ? [at_ms] : []),
      ...(random.chance(0.2) ? [at_ms + random.int(0, TROUBLE_MS)] : []),
    ],
    gives_up: random.chance(0.05),
    dials: {
      most: random.int(1, 3),
      redial_seconds: random.pick([10, 60, 300]),
      budget_seconds: random.pick([120, 600, 1_800]),
    },
  };
}

/** Moments crowd at the beginning, where rows become bookings. */
const moment = (random: Random): number => Math.floor(random.next() ** 3 * TROUBLE_MS);

function commands(random: Random, batches: readonly BatchPlan[], howMany: number): TimedCommand[] {
  return Array.from({ length: howMany }, (_, i) => {
    const index = random.int(0, batches.length - 1);
    const { rows, duplicates } = batches[index]!;
    const of = random.int(0, rows.length - 1);
    const kind = random.weighted({
      pause: 4,
      resume: 3,
      start: 1,
      cancel: 2,
      cancel_row: 3,
      append: 2,
      change: 2,
      erase: 0.6,
      erase_row: 1,
      forbid_row: 1,
    });
    const command = ((): Command => {
      switch (kind) {
        case 'cancel':
          return { do: kind, live_calls: random.pick(['finish', 'hang_up'] as const) };
        case 'cancel_row':
        case 'erase_row':
        case 'forbid_row':
          return { do: kind, row: of };
        case 'append': {
          // Only a row that may be called holds its key: another one would be a row again.
          const known = random.chance(0.3) && rows[of]!.kind === 'plain' && duplicates === 'allow' ? [rows[of]!] : [];
          return {
            do: kind,
            rows: [...known, { ...row(random, `a${i}b${index}`, 50 + i), kind: 'plain', not_after_ms: undefined }],
          };
        }
        case 'change':
          return random.chance(0.7)
            ? { do: kind, max_concurrent: random.int(1, 4) }
            : { do: kind, not_after_ms: TROUBLE_MS + random.int(1, 60) * MINUTE };
        default:
          return { do: kind };
      }
    })();
    const at_ms = batches[index]!.at_ms + moment(random);
    const after = random.chance(0.5) ? { on: random.pick(BESIDE), nth: random.int(1, 8) } : undefined;
    return { ...command, at_ms, batch: index, ...(random.chance(0.1) && { twice: true }), ...(after && { after }) };
  });
}

const spans = (random: Random, share: number): Span[] =>
  random.chance(share) ? [{ from_ms: moment(random), for_ms: random.int(1_000, 8 * MINUTE) }] : [];

function blows(random: Random, heat: number, batches: readonly BatchPlan[]): Blow[] {
  const found: Blow[] = [];
  const at = (): number => moment(random);
  if (random.chance(heat)) found.push({ do: 'kill', at_ms: at(), place: random.pick(['worker-1', 'worker-2', 'api']) });
  if (random.chance(heat / 3)) {
    const of = random.int(0, batches.length - 1);
    found.push({ do: 'end_run', at_ms: at(), batch: of });
  }
  if (random.chance(heat / 3)) {
    const of = random.int(0, batches.length - 1);
    found.push({ do: 'end_run', at_ms: at(), batch: of, row: random.int(0, batches[of]!.rows.length - 1) });
  }
  if (random.chance(heat / 3)) found.push({ do: 'bar_country', at_ms: at() });
  return found;
}

/** What one seed brings. Pure: the same seed, the same disasters. */
export function generate(seed: number): Schedule {
  const random = new Random(seed);
  const heat = random.pick([0, 0.2, 0.5, 0.8]);
  const batches = Array.from({ length: random.chance(0.15) ? 2 : 1 }, (_, i) => batch(random, i));
  return {
    seed,
    batches,
    singles: random.chance(0.2)
      ? Array.from({ length: random.int(1, 2) }, (_, i) => ({
          at_ms: moment(random),
          row: { ...row(random, `s${i}`, random.int(1, 4)), kind: 'plain' as const },
        }))
      : [],
    commands: commands(random, batches, random.chance(0.2) ? 0 : random.int(1, 4)).sort((a, b) => a.at_ms - b.at_ms),
    fates: heat === 0 ? [] : Array.from({ length: random.int(1, Math.ceil(heat * 8)) }, () => fate(random)),
    blows: blows(random, heat, batches),
    database_away: spans(random, heat / 4),
    engine_away: spans(random, heat / 4),
    calls_at_once: random.chance(0.4) ? random.int(1, 3) : undefined,
    turns: random.pick([2, 5, 1_000]),
    webhooks_lost: random.chance(heat / 2) ? 0.2 : 0,
  };
}
