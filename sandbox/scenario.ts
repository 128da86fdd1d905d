import { z } from 'zod';
import { audioFormat } from './audio/formats.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { MOMENTS, type Moment } from './holds.ts';
import { sayable } from './talk/utterances.ts';

const NATIVE_MODES = [
  'ok',
  '500',
  '503',
  '429',
  '400',
  '401',
  '402',
  '403',
  '422',
  'hang',
  'dial-then-drop-response',
  'dial-then-hang',
  'success-false',
  'silent',
] as const;
const CREATE_MODES = [
  'ok',
  '401',
  '403',
  '429',
  '500',
  '503',
  '21215',
  '21216',
  '500-after-placing',
  'lost',
  'hang',
] as const;

/** For `POST register-call`. `slow:SECONDS`: a late answer; `stream-refused`: with a stream that is not admitted. */
export const REGISTER_MODE = /^(ok|503|hang|garbage|stream-refused|slow:\d{1,3})$/;

/** One value, or several between commas: one for each request (or call). The last one also applies to all that follow. */
const each = <const T extends readonly string[]>(values: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(values)).min(1));

const ms = z.number().int().min(0).max(3_600_000);

/** An order to the sandbox about one dialed number. Defaults are in `numbers.ts`. */
export const scenarioOrder = z.strictObject({
  number: z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164, such as +541143211234'),
  /** One behaviour for each call. */
  callee: each(BEHAVIOURS).optional(),
  /** One answer for each outbound-call request. */
  native: each(NATIVE_MODES).optional(),
  /** One answer for each Calls.json request. */
  twilio_create: each(CREATE_MODES).optional(),
  /** One answer for each register-call request. */
  register: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(REGISTER_MODE)).min(1))
    .optional(),
  report: z.enum(['tool', 'missing', 'lost', 'dup5', 'late', 'wrong-secret']).optional(),
  report_late_ms: ms.optional(),
  post_call: z.enum(['ok', 'missing', 'duplicate', 'late', 'before-report', 'forged']).optional(),
  post_late_ms: ms.optional(),
  /** Also sends `post_call_audio`. */
  post_audio: z.boolean().optional(),
  callbacks: z.enum(['ok', 'reversed', 'duplicated', 'missing']).optional(),
  /** Number of media streams that are cut in mid-talk. */
  stream_drops: z.number().int().min(0).max(20).optional(),
  ring_ms: ms.optional(),
  /** The business rings back this long after the first call that it missed. */
  rings_back_ms: ms.optional(),
  /** A callee that asks to be called names the first full minute at least so long from its answer. */
  call_me_after_ms: ms.optional(),
  /** Approximate duration of a booking's talk. Shorter than natural: faster speech; longer: the callee makes the caller wait. */
  talk_ms: ms.min(200).optional(),
  /** Time that a new call or conversation is missing from its provider's list. */
  list_lag_ms: ms.optional(),
  /** Audio of the agent's socket. */
  format: z
    .string()
    .refine((name) => audioFormat(name) !== undefined, 'ulaw_8000 or pcm_8000 to pcm_48000')
    .optional(),
  /** Answer of simulate-conversation; removed in October 2026. */
  simulate: z.enum(['gone', 'ok', '503']).optional(),
  /** Answer of the agent-testing endpoints. */
  tests: z.enum(['ok', '503', 'failed']).optional(),
  /** `gone`: GET conversation answers 404, as with zero retention. */
  conversation: z.enum(['ok', 'gone']).optional(),
  /** Answer of both providers to DELETE of a call or conversation. */
  erase: z.enum(['ok', '500']).optional(),
  /** The number's call is held at this moment until it is released. */
  hold: z.enum(MOMENTS).optional(),
  confirmed_date: z.iso.date().optional(),
  confirmed_time: z
    .string()
    .refine(sayable, 'a quarter hour from 08:00 to 20:45: the voices know no others')
    .optional(),
  /** Another base URL for this number's webhooks. */
  public_url: z.url().optional(),
});
export type ScenarioOrder = z.output<typeof scenarioOrder>;

/** The complete behaviour of the world towards one dialed number. */
export type Scenario = Required<Omit<ScenarioOrder, 'public_url' | 'talk_ms' | 'hold' | 'rings_back_ms'>> & {
  /** Removed once it has rung back. */
  rings_back_ms?: number | undefined;
  public_url?: string | undefined;
  talk_ms?: number | undefined;
  /** Removed once it was released. */
  hold?: Moment | undefined;
  /** Number of used items of each list. */
  used: { native: number; register: number; twilio_create: number; callee: number; stream_drops: number };
};

/** The item for the n-th request, from 0. */
export const nth = <T>(list: T[], n: number): T => list[Math.min(n, list.length - 1)]!;
