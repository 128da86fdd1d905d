import type { PhoneChannel } from '../../domain/channels.ts';
import type { Result } from '../../domain/result.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { Random } from '../../test/simulation/random.ts';

type Order = Parameters<Sandbox['scenario']>[0];

/** What a call meets, by the last two digits of the sandbox's number, and the right result. */
export const MEETINGS = [
  { code: '70', name: 'a menu, then a person', result: 'confirmed', calls: 1 },
  { code: '71', name: 'a menu alone', result: 'unreachable', calls: 1 },
  { code: '72', name: 'a quiet hold', result: 'confirmed', calls: 1 },
  { code: '73', name: 'hold music', result: 'confirmed', calls: 1 },
  { code: '74', name: 'a screener that passes it on', result: 'confirmed', calls: 1 },
  { code: '75', name: 'a screener that declines once', result: 'confirmed', calls: 2 },
  { code: '76', name: 'a hold that nobody ends', result: 'needs_review', calls: 1 },
] as const satisfies { code: string; name: string; result: Result; calls: number }[];
export type Meeting = (typeof MEETINGS)[number];

export const CHANNELS = ['native', 'registered', 'bridge'] as const satisfies PhoneChannel[];

/** One booking whose call meets something, with what goes wrong beside it. */
export interface Case {
  meeting: Meeting;
  channel: PhoneChannel;
  /** The appointment that the business gives: local ISO date, HH:MM. */
  date: string;
  time: string;
  order: Order & { number: string };
}

const DAY_MS = 86_400_000;
const pad = (n: number): string => String(n).padStart(2, '0');

/** Numbers that no other case has: businesses that speak Spanish, and English. */
const numberOf = (at: number, code: string): string =>
  at % 2 === 0
    ? `+5411${4000 + Math.floor(at / 2)}00${code}`
    : `+44207${pad(Math.floor(at / 2)).padStart(3, '0')}00${code}`;

/** The weekdays of the next week: a business names them by their day alone. */
const weekdays = (now: number): string[] =>
  [2, 3, 4, 5, 6]
    .map((ahead) => new Date(now + ahead * DAY_MS))
    .filter((day) => ![0, 6].includes(day.getUTCDay()))
    .map((day) => day.toISOString().slice(0, 10));

/**
 * So many rounds of every meeting on every channel. The seed says which appointment is given, how fast people talk, and what happens to
 * webhooks, reports and records.
 */
export function casesOf(seed: number, rounds: number, now: number): Case[] {
  const random = new Random(seed);
  const cases: Case[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const meeting of MEETINGS) {
      for (const channel of CHANNELS) {
        const date = random.pick(weekdays(now));
        const time = `${pad(random.int(9, 18))}:${random.pick(['00', '15', '30', '45'])}`;
        const number = numberOf(cases.length, meeting.code);
        const order: Case['order'] = {
          number,
          confirmed_date: date,
          confirmed_time: time,
          ring_ms: random.int(200, 6_000),
          report: random.weighted({ tool: 6, lost: 1, dup5: 1, late: 1 }),
          post_call: random.weighted({ ok: 6, late: 1, duplicate: 1, 'before-report': 1, missing: 1 }),
          callbacks: random.weighted({ ok: 4, reversed: 1, duplicated: 1, missing: 1 }),
          list_lag_ms: random.pick([0, 0, 2_000, 8_000]),
          ...(channel === 'registered' ? { register: random.weighted({ ok: 3, '503': 1, 'slow:2': 1 }) } : {}),
        };
        cases.push({ meeting, channel, date, time, order });
      }
    }
  }
  return cases;
}
