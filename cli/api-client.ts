import { plainLine } from '../config/log-lines.ts';
import { problemSchema } from '../domain/schemas/problem.ts';
import type { BookingView } from '../domain/view.ts';
import { CliFailure, USAGE } from './failure.ts';
import type { Where } from './where.ts';

const PATIENCE_MS = 30_000;
/** A table of ten thousand rows is sent, checked and stored. */
const FORM_PATIENCE_MS = 120_000;

/** The API did not answer; another try may reach it. */
export class Unreachable extends CliFailure {
  constructor(message: string) {
    super(message, 1, { code: 'unreachable' });
  }
}

/** Another program answers there, or the answer is incomplete. */
export const notTheApi = (message: string, status?: number): CliFailure =>
  new CliFailure(`${message} Is VOCERO_URL right?`, 1, { code: 'not_the_api', ...(status && { status }) });

interface Sending {
  headers?: Record<string, string>;
  /** Aborts the request. */
  signal?: AbortSignal;
}

/** A client of the bookings API, like any other. */
export class ApiClient {
  readonly url: string;
  private readonly key: string | undefined;

  constructor({ url, key }: Where) {
    this.url = url;
    this.key = key;
  }

  /** The raw answer. Throws Unreachable if there is no answer. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.key) headers.set('authorization', `Bearer ${this.key}`);
    try {
      // The key goes only to the host that was named.
      return await fetch(this.url + path, { ...init, headers, redirect: 'error' });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** A JSON answer to a body that is sent as JSON, or as a form. Throws CliFailure with the API's own words for any status but 2xx. */
  async send<T>(method: string, path: string, body?: unknown, { headers, signal }: Sending = {}): Promise<T> {
    const isForm = body instanceof FormData;
    const patience = AbortSignal.timeout(isForm ? FORM_PATIENCE_MS : PATIENCE_MS);
    const response = await this.request(path, {
      method,
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw await this.failureOf(response);
    const text = await response.text().catch((error: unknown) => {
      throw this.unreachable(error);
    });
    try {
      return JSON.parse(text) as T;
    } catch {
      throw notTheApi(`${this.url} answers with something that is not JSON.`, response.status);
    }
  }

  /** A booking. Throws CliFailure also if the answer is not a booking, or not the booking `id`. */
  async booking(
    method: string,
    path: string,
    body?: unknown,
    sending: Sending & { id?: string } = {},
  ): Promise<BookingView> {
    const answer = await this.send<BookingView | null>(method, path, body, sending);
    if (typeof answer?.id === 'string' && answer.id !== '' && (sending.id ?? answer.id) === answer.id) return answer;
    throw notTheApi(`${this.url} answers with something that is not the booking.`);
  }

  private unreachable(error: unknown): Unreachable {
    const { cause, message } = error as Error;
    const why = cause instanceof Error && cause.message ? cause.message : message;
    return new Unreachable(
      `${this.url} does not answer: ${plainLine(why)}. Start Vocero with npm start, or set VOCERO_URL to its address.`,
    );
  }

  /** An unsuccessful answer as a failure that a person can read. */
  failureOf(response: Response): Promise<CliFailure> {
    return failureOf(response, this.key !== undefined);
  }
}

/** The API's error in words, with a remedy for a person at a terminal. */
async function failureOf(response: Response, keyGiven: boolean): Promise<CliFailure> {
  const problem: unknown = await response.json().catch(() => undefined);
  const parsed = problemSchema.safeParse(problem);
  const { status } = response;
  const about = { status, ...(parsed.success && { problem }) };
  if (status === 401) {
    return new CliFailure(
      keyGiven
        ? 'The API refuses this key. Set VOCERO_KEY to a valid one.'
        : 'The API requires a key. Set VOCERO_KEY to a valid one.',
      1,
      { code: 'unauthorized', ...about },
    );
  }
  if (!parsed.success)
    return notTheApi(`The API answered ${[status, plainLine(response.statusText)].join(' ').trim()}.`, status);
  const { title, detail, errors = [] } = parsed.data;
  const lines = [detail ?? title, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].map(plainLine);
  return new CliFailure(lines.join('\n'), status === 422 || status === 400 ? USAGE : 1, { code: 'refused', ...about });
}
