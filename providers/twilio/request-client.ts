import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { TooManyRequests } from './classify.ts';

const headerOf = (headers: unknown, name: string): string | undefined => {
  const value =
    typeof headers === 'object' && headers !== null ? (headers as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** axios' time-out counts idle time only: a slow but steady answer would never end. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`no complete answer within ${ms} ms`), { code: 'ECONNABORTED' }));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * The SDK's HTTP client with three additions: `Retry-After` of a 429, one origin for every request whatever TWILIO_EDGE, TWILIO_REGION or a
 * page link say, and a deadline for the whole answer. It never retries.
 */
export class VoiceRequestClient extends twilio.RequestClient {
  /** Difference of Twilio's clock to ours in milliseconds (negative: behind), from its last `Date` header. */
  skewMs = 0;
  readonly #origin: URL;
  readonly #timeoutMs: number;

  constructor(options: { origin: string; timeoutMs: number; keepAlive: boolean }) {
    super({ timeout: options.timeoutMs, keepAlive: options.keepAlive, autoRetry: false });
    this.#origin = new URL(options.origin);
    this.#timeoutMs = options.timeoutMs;
  }

  override async request<TData>(
    request: RequestClient.RequestOptions<TData>,
  ): ReturnType<typeof RequestClient.prototype.request<TData>> {
    const uri = new URL(request.uri);
    uri.protocol = this.#origin.protocol;
    uri.host = this.#origin.host;
    uri.port = this.#origin.port;
    const answer = await within(this.#timeoutMs, super.request({ ...request, uri: uri.href }));
    const date = Date.parse(headerOf(answer.headers, 'date') ?? '');
    if (!Number.isNaN(date)) this.skewMs = date - Date.now();
    if (answer.statusCode === 429) {
      throw new TooManyRequests(headerOf(answer.headers, 'retry-after'), 'Twilio answered 429: too many requests.');
    }
    return answer;
  }
}
