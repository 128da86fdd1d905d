import type { DialResult, Problem } from '../../domain/evidence.ts';
import { messageOf, safeMessage } from '../mask.ts';
import { networkCode, neverSent, retryAfterMs } from '../network.ts';

/**
 * No To, To invalid, To cannot be reached, To not valid: such a number can never ring.
 * Source: twilio.com/docs/api/errors/{21201,21211,21214,21217}.
 */
export const NUMBER_REFUSALS: readonly number[] = [21201, 21211, 21214, 21217];

/** Geographic permissions, blocked by Twilio, trial account: the account is refused, not the number. */
export const ACCOUNT_REFUSALS: readonly number[] = [21215, 21216, 21219];

/**
 * Wrong credentials, account not active, caller number not ours: every dial will be refused. Source:
 * twilio.com/docs/api/errors/{20003,20005,21210,21212}.
 */
export const ACCOUNT_CLOSED: readonly number[] = [20003, 20005, 21210, 21212];

/** Not authenticated, not paid, not permitted. */
export const isAccountStatus = (status: number): boolean => status === 401 || status === 402 || status === 403;

/** An answer of 429. The SDK drops headers from its exceptions, and `Retry-After` is one. */
export class TooManyRequests extends Error {
  readonly retryAfter: string | undefined;
  constructor(retryAfter: string | undefined, message: string) {
    super(message);
    this.name = 'TooManyRequests';
    this.retryAfter = retryAfter;
  }
}

interface Answer {
  status: number;
  code?: number | undefined;
  message: string;
}

/** The HTTP answer behind one of the SDK's exceptions (RestException, TwilioServiceException), or undefined. */
function answerOf(error: unknown): Answer | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { status, code, message, detail, title } = error as Record<string, unknown>;
  // An AxiosError has a status too when the server answered, but our request client accepts every status: an AxiosError is a transport
  // failure here, and its code is a string.
  if (typeof status !== 'number' || typeof code === 'string') return undefined;
  // A body without `message` leaves the exception's message undefined.
  const text = [message, detail, title].find((each) => typeof each === 'string' && each !== '');
  return {
    status,
    code: typeof code === 'number' && code > 0 ? code : undefined,
    message: typeof text === 'string' ? text : `answered ${status}`,
  };
}

export const httpStatusOf = (error: unknown): number | undefined =>
  error instanceof TooManyRequests ? 429 : answerOf(error)?.status;

export const twilioCodeOf = (error: unknown): number | undefined => answerOf(error)?.code;

/** The problem of a failed request to Twilio, without phone numbers. */
export function twilioProblem(error: unknown): Problem {
  if (error instanceof TooManyRequests) return { code: 'twilio_429', message: safeMessage(error.message) };
  const answer = answerOf(error);
  if (answer) {
    const code = answer.code === undefined ? `twilio_http_${answer.status}` : `twilio_${answer.code}`;
    return { code, message: safeMessage(answer.message) };
  }
  if (error instanceof SyntaxError) return { code: 'twilio_unreadable', message: 'The answer was not JSON.' };
  const network = networkCode(error);
  return {
    code: network ? `twilio_${network.toLowerCase()}` : 'twilio_failure',
    message: safeMessage(messageOf(error)),
  };
}

/**
 * Classifies a failed `POST Calls`. Without a clear answer it is `unknown`: Twilio may have placed the call.
 * @param now Unix milliseconds, for `Retry-After` dates
 */
export function classifyTwilioDial(error: unknown, now: number): DialResult {
  const problem = twilioProblem(error);
  if (error instanceof TooManyRequests) {
    // "Requests that receive 429 aren't processed and are safe to retry": twilio.com/docs/api/errors/20429.
    return { proves: 'deferred', retry_after_ms: retryAfterMs(error.retryAfter, now), problem };
  }
  const answer = answerOf(error);
  if (answer === undefined) return { proves: neverSent(error) ? 'not_sent' : 'unknown', problem };
  if (answer.status === 408 || answer.status < 400 || answer.status >= 500) return { proves: 'unknown', problem };
  if (answer.code !== undefined && NUMBER_REFUSALS.includes(answer.code)) return { proves: 'number_refused', problem };
  // 21215, 21216 and 21219 refuse the account for this destination only.
  const account = answer.code === undefined ? isAccountStatus(answer.status) : ACCOUNT_CLOSED.includes(answer.code);
  return { proves: 'channel_refused', problem, ...(account ? { account } : {}) };
}
