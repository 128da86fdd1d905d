import {
  isPassing,
  problemOf,
  Unsendable,
  VoceroError,
  VoceroProblem,
  VoceroUnreachable,
  VoceroUnreadable,
} from './errors.ts';
import { bodyOf, checkHeader, checkPath, type Query, withQuery } from './sendable.ts';
import { type Limit, limit, pause } from './time.ts';

/** Where the API is, and how patient the client is with it. */
export interface VoceroOptions {
  /** The API's address; default: `http://127.0.0.1:3000`. Empty: that of the page, in a browser. */
  url?: string;
  /** One of API_KEYS or OPERATOR_KEYS; absent where the API is open. */
  key?: string | undefined;
  /** Further tries of a request that may be repeated; default 4, each after a longer pause. */
  retries?: number;
  /** Milliseconds for one try; default 30,000, and four times as long for a table. */
  timeout?: number;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

/** Milliseconds: the pause before the second try, and the longest one. */
const PAUSE = { first: 500, longest: 8_000 };
/** A longer Retry-After is the caller's decision. */
const LONGEST_RETRY_AFTER_S = 60;

export interface Sending {
  query?: Query | undefined;
  /** Sent as JSON, or as it is: a form, or text with a `content-type` among the headers. */
  body?: unknown;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  /**
   * When another try is made: `any` failure that may pass, also without an answer; only after a refusal (429, 503), since the request may
   * have had its effect; `never`. Default: `any` for GET and with an Idempotency-Key, else `refused`.
   */
  retry?: 'any' | 'refused' | 'never' | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** A part of a path. */
export const part = encodeURIComponent;

/** Milliseconds before the next try; undefined: no further one. */
function pauseBefore(failure: VoceroError, tries: number, retry: Sending['retry']): number | undefined {
  const wait = failure instanceof VoceroProblem ? (failure.retryAfter ?? 0) : 0;
  const refused = failure instanceof VoceroProblem && (failure.status === 429 || failure.status === 503);
  const mayPass = retry === 'any' ? isPassing(failure) : retry === 'refused' && refused;
  if (!mayPass || wait > LONGEST_RETRY_AFTER_S) return undefined;
  const usual = Math.min(PAUSE.longest, PAUSE.first * 2 ** tries);
  return Math.max(wait * 1_000, usual * (0.5 + Math.random() / 2));
}

/** Sends requests and repeats those that may be repeated. */
export class Transport {
  readonly url: string;
  readonly retries: number;
  readonly #key: string | undefined;
  readonly #fetch: typeof fetch;
  readonly #timeout: number;

  constructor({ url = 'http://127.0.0.1:3000', key, retries = 4, timeout = 30_000, fetch: own }: VoceroOptions = {}) {
    if (!/^(https?:\/\/[^?#]+)?$/i.test(url))
      throw new TypeError(`url must begin with http:// or https://, not ${url}`);
    this.url = url.replace(/\/+$/, '');
    // Files often end with a line break.
    this.#key = key?.trim();
    if (this.#key) checkHeader('key', this.#key);
    this.retries = retries;
    this.#timeout = timeout;
    // Browsers call their fetch only as a function of the window.
    this.#fetch = own ?? ((...args) => globalThis.fetch(...args));
  }

  /**
   * Sends a request and reads the answer.
   * @throws VoceroProblem, VoceroUnreachable, VoceroUnreadable; the reason of the signal; TypeError for a request that cannot be sent
   */
  async ask<T>(method: string, path: string, sending: Sending, read: (response: Response) => Promise<T>): Promise<T> {
    const idempotencyKey = sending.headers?.['idempotency-key'];
    const { retry = method === 'GET' || idempotencyKey ? 'any' : 'refused', signal } = sending;
    const init = this.#initOf(method, path, sending);
    for (let tries = 0; ; tries++) {
      const time = this.#limitOf(sending);
      try {
        return await read(await this.#open(path, sending, init, time));
      } catch (error) {
        signal?.throwIfAborted();
        const failure = this.failureOf(error);
        if (idempotencyKey) failure.idempotencyKey = idempotencyKey;
        const wait = tries < this.retries ? pauseBefore(failure, tries, retry) : undefined;
        if (wait === undefined) throw failure;
        await pause(wait, signal);
      } finally {
        time.release();
      }
    }
  }

  /** A JSON answer. @throws as `ask` */
  json<T>(method: string, path: string, sending: Sending = {}): Promise<T> {
    return this.ask(method, path, sending, (response) => this.#parse<T>(response));
  }

  /** One try. The answer is successful, its body not read yet. @throws as `ask` */
  async open(method: string, path: string, sending: Sending, time: Pick<Limit, 'signal'>): Promise<Response> {
    return this.#open(path, sending, this.#initOf(method, path, sending), time);
  }

  /** A network failure as one of this client; these as they are. @throws Unsendable, which is neither */
  failureOf(error: unknown): VoceroError {
    if (error instanceof Unsendable) throw error;
    if (error instanceof VoceroError) return error;
    const { cause, message } = error as Error;
    const why = cause instanceof Error && cause.message ? cause.message : message;
    return new VoceroUnreachable(`${this.url} does not answer: ${why}`, { cause: error });
  }

  #initOf(method: string, path: string, { body, headers = {} }: Sending): RequestInit {
    checkPath(path);
    for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
    const authorization: Record<string, string> = this.#key ? { authorization: `Bearer ${this.#key}` } : {};
    // The key goes only to the host that was named.
    return { ...bodyOf(body, { ...authorization, ...headers }), method, redirect: 'manual' };
  }

  async #open(
    path: string,
    { query }: Sending,
    init: RequestInit,
    { signal }: Pick<Limit, 'signal'>,
  ): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(this.url + withQuery(path, query), { ...init, signal });
    } catch (error) {
      throw this.failureOf(error);
    }
    const { status, headers, type } = response;
    if (type === 'opaqueredirect' || (headers.has('location') && status >= 300 && status < 400)) {
      const to = headers.get('location') ?? 'another address';
      response.body?.cancel().catch(() => undefined);
      throw new VoceroUnreadable(`${this.url} redirects to ${to}: is that the address of the API?`, status);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async #parse<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (response.status === 204) return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new VoceroUnreadable(`${this.url} answers with something that is not JSON`, response.status);
    }
  }

  #limitOf({ body, signal }: Sending): Limit {
    const ms = body instanceof FormData || typeof body === 'string' ? 4 * this.#timeout : this.#timeout;
    return limit(ms, () => new Error(`no answer within ${ms / 1_000} s`), signal);
  }
}

/** A new key: 128 random bits. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Options of a call that must not take effect twice. */
export interface CreateOptions extends CallOptions {
  /** Repeats with the same key have no further effect, also from another process. Default: a new one for each call, kept through its tries. */
  idempotencyKey?: string | undefined;
}

/** For a call that must not take effect twice. */
export const keyed = ({ signal, idempotencyKey = newIdempotencyKey() }: CreateOptions) => ({
  signal,
  headers: { 'idempotency-key': idempotencyKey },
});
