import { MEETINGS } from './endurance.ts';
import type { Run } from './run.ts';
import { ROWS } from './table-rows.ts';

/** Names and how often each was met. */
export type Counts = Map<string, number>;

const add = (counts: Counts, name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by);

/** What a number of runs has met: disasters by kind, rows of the design’s table, outcomes. */
export class Coverage {
  readonly disasters: Counts = new Map();
  readonly rows: Counts = new Map(Object.keys(ROWS).map((row) => [row, 0]));
  readonly outcomes: Counts = new Map();
  runs = 0;
  legs = 0;
  dials = 0;

  note(run: Run): void {
    this.runs += 1;
    this.legs += run.world.legs.length;
    this.dials += run.world.requests.length;
    for (const [what, count] of run.world.injected) add(this.disasters, what, count);
    const { outcome } = run;
    add(this.outcomes, outcome ? `${outcome.result}${outcome.channel === 'simulation' ? ' (simulated)' : ''}` : 'none');
    for (const [row, seen] of Object.entries(ROWS)) if (run.state && seen(run)) add(this.rows, row);
  }

  get injected(): number {
    return [...this.disasters.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Rows and disasters that never came: a long run that missed one of them has shown nothing about it. */
  missing(expected: readonly string[]): string[] {
    const rows = [...this.rows].filter(([, count]) => count === 0).map(([row]) => `row: ${row}`);
    return [...rows, ...expected.filter((what) => !this.disasters.has(what)).map((what) => `disaster: ${what}`)];
  }
}

/** Every disaster that a long run must have met. */
export const DISASTERS: readonly string[] = [
  ...['slow', 'number_refused', 'channel_refused', 'rate_limited', 'not_sent'].map((fault) => `dial ${fault}`),
  ...['server_error', 'timeout', 'malformed', 'no_ids', 'failed_with_id', 'process_died'].flatMap((fault) => [
    `dial ${fault}_acted`,
    `dial ${fault}_idle`,
  ]),
  ...['line_lost', 'database_down', 'no_bridge', 'forbidden_meanwhile', 'reset_meanwhile'].map(
    (fault) => `guard ${fault}`,
  ),
  ...['lost', 'twice', 'late'].map((fault) => `webhook ${fault}`),
  'callback false_second_end',
  ...['asks to be called', 'asks to be called on a day'],
  ...['lost', 'twice', 'late', 'contradicts'].map((fault) => `post-call ${fault}`),
  ...['lost', 'twice', 'differs', 'late', 'very_late'].map((fault) => `report ${fault}`),
  ...[
    'fails_while_ringing',
    'never_starts',
    'dies_in_silence',
    'stream_lost',
    'claims_without_a_talk',
    'confirms_without_a_time',
    'leaves_the_phone_off_the_hook',
  ].map((fault) => `agent ${fault}`),
  ...['refuses', 'late', 'stream_refused', 'asked_twice'].map((fault) => `register ${fault}`),
  ...['fails', 'answer_lost', 'slow', 'not_readable_yet'].map((fault) => `hang-up ${fault}`),
  ...[
    'busy',
    'no_answer',
    'declines_the_call',
    'number_refused_by_network',
    'network_failure',
    'voicemail',
    'fax',
    'hangs_up_at_once',
    'says_nothing',
    'talks_without_end',
  ].map((callee) => `callee ${callee}`),
  ...[603, 607, 608].map((sip) => `rejected ${sip}`),
  ...['hedges', 'denies', 'takes_back', 'another_hour', 'leaves_open', 'not_read'].map((words) => `business ${words}`),
  ...MEETINGS.slice(1).map((meeting) => `meets ${meeting}`),
  ...['words unread', 'words withheld', 'analysis agrees', 'analysis differs', 'transcripts differ'],
  ...['fails', 'without_report', 'without_a_talk', 'hedges'].map((fault) => `simulation ${fault}`),
  'dial waits for its turn',
  'kept in the queue',
  'twilio lags',
  'twilio out of reach',
  'elevenlabs out of reach',
  'standstill',
  'clock leap',
  'worker skew',
  'line busy',
  'canceled by the client',
  'do-not-call meanwhile',
  'line handed over',
  ...['run reset', 'engine store older', 'set back in mid-dial', 'set back in mid-call', 'set back while waiting'],
  ...['set back after the outcome', 'database older', 'booking’s row lost', 'dial was on record already'],
  ...['database away', 'database away before a dial', 'webhook refused', 'dial dies with its process'],
  ...['other_accounts', 'not_on_record', 'number_barred', 'not_taken'].map((reason) => `dial skipped: ${reason}`),
  ...['do-not-call between look and claim', 'dial looked too long', 'run is gone', 'other hours', 'country barred'],
  ...['other accounts'],
  ...['waits for not_before', 'waits for hours', 'waits for hours, with opening hours', 'waits for hours, by weekday'],
  'waits for hours, with holidays',
  ...[
    'joined to an agent',
    'our own call rings',
    'our own call talks',
    'our page is away',
    'after the outcome',
    'a stranger',
  ].map((what) => `ring-back: ${what}`),
  'dial skipped: rung_back',
];
