import { ElevenLabsError, ElevenLabsTimeoutError } from '@elevenlabs/elevenlabs-js/errors/index.js';
import { z } from 'zod';
import type { DialResult, Problem } from '../../domain/evidence.ts';
import { messageOf, safeMessage } from '../mask.ts';
import { networkCode, neverSent, retryAfterMs } from '../network.ts';
import { ACCOUNT_CLOSED, ACCOUNT_REFUSALS, isAccountStatus, NUMBER_REFUSALS } from '../twilio/classify.ts';

/** The answer of `POST twilio/outbound-call`, as far as it was readable. */
export interface OutboundAnswer {
  success?: unknown;
  message?: unknown;
  conversation_id?: unknown;
  callSid?: unknown;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const asRecord = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

/** A Twilio error code inside ElevenLabs' message ("… Error code 21211"). Masked first: numbers have digits, too. */
function twilioCodeIn(message: string, codes: readonly number[]): number | undefined {
  const found: string[] = safeMessage(message).match(/\b\d{5}\b/g) ?? [];
  return codes.find((code) => found.includes(String(code)));
}

/** `detail` is an array for 422, an object for most errors, a string for some. */
function detailOf(body: unknown): { code?: string | undefined; message?: string | undefined } {
  if (typeof body === 'string') return { message: body };
  const record = asRecord(body);
  const detail = record?.detail ?? record;
  if (typeof detail === 'string') return { message: detail };
  if (Array.isArray(detail)) {
    const lines = detail.map((each) => {
      const { loc, msg } = asRecord(each) ?? {};
      return [Array.isArray(loc) ? loc.join('.') : undefined, text(msg)].filter(Boolean).join(': ');
    });
    return { message: lines.filter((line) => line !== '').join('; ') || undefined };
  }
  const object = asRecord(detail);
  return { code: text(object?.code) ?? text(object?.status), message: text(object?.message) ?? text(object?.msg) };
}

/** The error with which `AbortSignal.timeout` aborts. */
const isDeadline = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';

/** The problem of a failed request to ElevenLabs, without phone numbers. */
export function elevenLabsProblem(error: unknown): Problem {
  if (error instanceof ElevenLabsError && error.statusCode !== undefined) {
    const { code, message } = detailOf(error.body);
    const shown = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
    return {
      code: `elevenlabs_http_${error.statusCode}`,
      message: safeMessage(shown || `answered ${error.statusCode}`),
    };
  }
  // On some Node.js versions a time-out is a plain ElevenLabsError with the message "timeout".
  const said = messageOf(error);
  if (error instanceof ElevenLabsTimeoutError || isDeadline(error) || /^"?timeout|aborted a request/i.test(said)) {
    return { code: 'elevenlabs_timeout', message: 'No complete answer in time.' };
  }
  // The answer was 200 but does not match the API's description (the SDK's typed requests throw ParseError).
  if (error instanceof z.ZodError) return { code: 'elevenlabs_unreadable', message: 'The answer could not be read.' };
  if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ParseError')) {
    return { code: 'elevenlabs_unreadable', message: safeMessage(`The answer could not be read: ${said}`) };
  }
  const network = networkCode(error);
  return { code: network ? `elevenlabs_${network.toLowerCase()}` : 'elevenlabs_failure', message: safeMessage(said) };
}

/** ElevenLabs sends it with 400 as well as with 401. */
const isOverQuota = (error: unknown): boolean =>
  error instanceof ElevenLabsError && detailOf(error.body).code === 'quota_exceeded';

interface Ids {
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}

export const idsOf = (answer: OutboundAnswer | undefined): Ids => ({
  call_sid: text(answer?.callSid),
  conversation_id: text(answer?.conversation_id),
});

/**
 * Classifies an answer of 200, which may contain `success: false`. Twilio's refusal inside it counts as Twilio's own, unless a CallSid
 * shows that there is a call after all.
 */
export function classifyOutboundAnswer(answer: OutboundAnswer): DialResult {
  const ids = idsOf(answer);
  const named = ids.call_sid !== undefined || ids.conversation_id !== undefined;
  const message = text(answer.message) ?? '';
  if (answer.success === true) {
    if (named) return { proves: 'accepted', ...ids };
    return {
      proves: 'unknown',
      problem: { code: 'elevenlabs_no_ids', message: 'Accepted, but the answer names no call.' },
    };
  }
  if (answer.success !== false) {
    return {
      proves: 'unknown',
      problem: { code: 'elevenlabs_unreadable', message: 'The answer has no success.' },
      ...ids,
    };
  }
  const refused = ids.call_sid === undefined ? refusalIn(message) : undefined;
  if (refused) return refused;
  const problem = { code: 'elevenlabs_refused', message: safeMessage(message || 'success: false') };
  return named ? { proves: 'unknown', problem, ...ids } : { proves: 'channel_refused', problem };
}

function refusalIn(message: string): DialResult | undefined {
  const number = twilioCodeIn(message, NUMBER_REFUSALS);
  if (number) return { proves: 'number_refused', problem: { code: `twilio_${number}`, message: safeMessage(message) } };
  const account = twilioCodeIn(message, ACCOUNT_REFUSALS);
  if (account)
    return { proves: 'channel_refused', problem: { code: `twilio_${account}`, message: safeMessage(message) } };
  // The number was imported with its own credentials: no dial on this way will ring.
  const closed = twilioCodeIn(message, ACCOUNT_CLOSED);
  if (closed) {
    const problem = { code: `twilio_${closed}`, message: safeMessage(message) };
    return { proves: 'channel_refused', problem, account: true };
  }
  return undefined;
}

/**
 * Classifies a failed `POST twilio/outbound-call`. Without a clear answer the dial is `unknown`: ElevenLabs may have placed the call
 * through Twilio.
 * @param heard the raw answer as far as it came: the SDK drops parts of it
 * @param now Unix milliseconds
 */
export function classifyElevenLabsDial(
  error: unknown,
  heard: { status?: number | undefined; retryAfter?: string | null | undefined; answer?: OutboundAnswer | undefined },
  now: number,
): DialResult {
  const problem = elevenLabsProblem(error);
  const status = heard.status ?? (error instanceof ElevenLabsError ? error.statusCode : undefined);
  if (status === undefined) {
    // The SDK's JsonError: the request could not be serialised.
    if (error instanceof Error && error.name === 'JsonError') return { proves: 'channel_refused', problem };
    return { proves: neverSent(error) ? 'not_sent' : 'unknown', problem };
  }
  if (status === 429) return { proves: 'deferred', retry_after_ms: retryAfterMs(heard.retryAfter, now), problem };
  if (status === 408 || status < 400 || status >= 500) return { proves: 'unknown', problem, ...idsOf(heard.answer) };
  const refused = refusalIn(problem.message);
  if (refused) return refused;
  const account = isAccountStatus(status) || isOverQuota(error);
  return { proves: 'channel_refused', problem, ...(account ? { account } : {}) };
}
