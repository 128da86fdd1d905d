import {
  VoceroUnreachable as NoAnswer,
  VoceroUnreadable as OtherAnswer,
  VoceroProblem as Refusal,
  Unsendable,
} from '../clients/typescript/src/errors.ts';
import { type Sending, Transport } from '../clients/typescript/src/transport.ts';
import { plainLine } from '../config/log-lines.ts';
import { problemSchema } from '../domain/schemas/problem.ts';
import type { BookingView } from '../domain/view.ts';
import { badUsage, CliFailure, USAGE } from './failure.ts';
import type { Where } from './where.ts';

/** The API did not answer; another try may reach it. */
export class Unreachable extends CliFailure {
  constructor(message: string) {
    super(message, 1, { code: 'unreachable' });
  }
}

/** Another program answers there, or the answer is incomplete. */
export const notTheApi = (message: string, status?: number): CliFailure =>
  new CliFailure(`${message} Is VOCERO_URL right?`, 1, { code: 'not_the_api', ...(status && { status }) });

/** A client of the bookings API whose failures a person at a terminal can read. */
export class ApiClient {
  readonly url: string;
  /** A command fails at once: the person repeats it. */
  readonly transport: Transport;
  private readonly keyGiven: boolean;

  constructor({ url, key }: Where) {
    this.url = url;
    this.transport = new Transport({ url, key, retries: 0 });
    this.keyGiven = Boolean(key);
  }

  /** A JSON answer to a body that is sent as JSON, or as a form. Throws CliFailure with the API's own words for any status but 2xx. */
  send<T>(method: string, path: string, body?: unknown, sending: Omit<Sending, 'body'> = {}): Promise<T> {
    return this.transport.json<T>(method, path, { ...sending, body }).catch((error: unknown) => {
      throw this.failureOf(error);
    });
  }

  /** An answer that is not JSON, read by `read`. Throws CliFailure. */
  fetch<T>(path: string, read: (response: Response) => Promise<T>): Promise<T> {
    return this.transport.ask('GET', path, {}, read).catch((error: unknown) => {
      throw this.failureOf(error);
    });
  }

  /** A booking. Throws CliFailure also if the answer is not a booking, or not the booking `id`. */
  async booking(
    method: string,
    path: string,
    body?: unknown,
    { id, ...sending }: Omit<Sending, 'body'> & { id?: string } = {},
  ): Promise<BookingView> {
    const answer = await this.send<BookingView | null>(method, path, body, sending);
    if (typeof answer?.id === 'string' && answer.id !== '' && (id ?? answer.id) === answer.id) return answer;
    throw notTheApi(`${this.url} answers with something that is not the booking.`);
  }

  /** An error of the client in words, with a remedy for a person at a terminal; any other error as it is. */
  failureOf(error: unknown): unknown {
    if (error instanceof Unsendable) return badUsage(plainLine(error.message));
    if (error instanceof Refusal) return refused(error, this.keyGiven);
    if (error instanceof OtherAnswer) return notTheApi(`${plainLine(error.message)}.`, error.status);
    if (!(error instanceof NoAnswer)) return error;
    return new Unreachable(
      `${plainLine(error.message)}. Start Vocero with npm start, or set VOCERO_URL to its address.`,
    );
  }
}

function refused({ status, title: said, type, document }: Refusal, keyGiven: boolean): CliFailure {
  const parsed = problemSchema.safeParse(document);
  const isProblem = type !== 'about:blank' && parsed.success;
  const about = { status, ...(isProblem && { problem: document }) };
  if (status === 401) {
    return new CliFailure(
      keyGiven
        ? 'The API refuses this key. Set VOCERO_KEY to a valid one.'
        : 'The API requires a key. Set VOCERO_KEY to a valid one.',
      1,
      { code: 'unauthorized', ...about },
    );
  }
  if (!isProblem) return notTheApi(`The API answered ${status} ${plainLine(said)}.`, status);
  const { title, detail, errors = [] } = parsed.data;
  const lines = [detail ?? title, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].map(plainLine);
  return new CliFailure(lines.join('\n'), status === 422 || status === 400 ? USAGE : 1, { code: 'refused', ...about });
}
