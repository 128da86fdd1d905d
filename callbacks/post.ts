import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { isPublicAddress, isPublicOrLoopback, lookupOf, type Resolve, refuseHiddenHost } from './public-address.ts';

export interface Outgoing {
  url: string;
  /** Unique for a message, and the same on every try: receivers recognise repeats by it. */
  id: string;
  body: string;
}

/** Result of one try: the status of the answer, or the reason why there was no answer. */
export type PostResult = { status: number; retryAfterMs?: number | undefined } | { error: string };

export interface CallbackPoster {
  post(message: Outgoing): Promise<PostResult>;
}

interface PosterOptions {
  /** `whsec_…`. */
  secret: string;
  /** Former secrets, for receivers that do not know the new one yet: messages are signed with these as well. */
  formerSecrets?: readonly string[] | undefined;
  /** Permits callbacks to this machine: only where the providers are played on it. */
  allowLoopback: boolean;
  timeoutMs?: number | undefined;
  now?: (() => Date) | undefined;
  /** Resolves names to addresses. Default: the system's resolver. */
  resolve?: Resolve | undefined;
}

const TIMEOUT_MS = 15_000;
/** Answers are not read. An endless one is cut off. */
const ANSWER_BYTES = 64 * 1024;
const LONGEST_RETRY_AFTER_S = 3_600;

/**
 * Posts to clients, signed according to the Standard Webhooks specification (`webhook-id`, `webhook-timestamp`, `webhook-signature`).
 * Follows no redirect. Never throws.
 */
export function callbackPoster(options: PosterOptions): CallbackPoster {
  const { secret, formerSecrets = [], allowLoopback, timeoutMs = TIMEOUT_MS, now, resolve: resolver } = options;
  const webhooks = [secret, ...formerSecrets].map((one) => new Webhook(one));
  const isAllowed = allowLoopback ? isPublicOrLoopback : isPublicAddress;
  return {
    post: ({ url, id, body }) =>
      new Promise((resolve) => {
        const at = now?.() ?? new Date();
        try {
          const target = new URL(url);
          refuseHiddenHost(target.hostname, isAllowed);
          const request = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
            method: 'POST',
            lookup: lookupOf(isAllowed, resolver),
            // A new connection each time: a kept one might lead to an address that was checked for another name.
            agent: false,
            headers: {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
              'user-agent': 'Vocero',
              'webhook-id': id,
              'webhook-timestamp': Math.floor(at.getTime() / 1000),
              'webhook-signature': webhooks.map((one) => one.sign(id, at, body)).join(' '),
            },
          });
          const deadline = setTimeout(() => {
            request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`));
          }, timeoutMs);
          request.on('error', (error) => resolve({ error: error.message }));
          request.on('close', () => {
            clearTimeout(deadline);
            // Has no effect after an answer.
            resolve({ error: 'closed without an answer' });
          });
          request.on('response', (response) => {
            resolve({ status: response.statusCode ?? 0, retryAfterMs: retryAfter(response.headers['retry-after']) });
            let read = 0;
            response.on('data', (chunk: Buffer) => {
              read += chunk.length;
              if (read > ANSWER_BYTES) response.destroy();
            });
            response.on('error', () => {});
          });
          request.end(body);
        } catch (error) {
          resolve({ error: (error as Error).message });
        }
      }),
  };
}

/** Whole seconds only; the date form is not worth supporting. */
function retryAfter(value: string | undefined): number | undefined {
  if (!value || !/^\d{1,6}$/.test(value)) return undefined;
  return Math.min(Number(value), LONGEST_RETRY_AFTER_S) * 1000;
}
