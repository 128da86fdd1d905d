import type { Problem } from './generated/types.gen.ts';

/** Any failure of this client: the API refused (`VoceroProblem`), did not answer (`VoceroUnreachable`), or waiting ended (`VoceroTimeout`). */
export class VoceroError extends Error {
  override name = 'VoceroError';
  /** The key that the request was sent with: repeat it with this key, and nobody is called twice. */
  idempotencyKey?: string;
}

/** A request that cannot be sent: the caller's fault, and no failure of the API. */
export class Unsendable extends TypeError {}

/** Nobody answered, or the answer broke off. `cause` has the reason. */
export class VoceroUnreachable extends VoceroError {
  override name = 'VoceroUnreachable';
}

/** The time for waiting is over. The booking itself goes on. */
export class VoceroTimeout extends VoceroError {
  override name = 'VoceroTimeout';
}

/** The answer is not the API's, such as the page of another program. */
export class VoceroUnreadable extends VoceroError {
  override name = 'VoceroUnreadable';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** A refused field, by the path of its name, such as `business.phone`. */
export type FieldError = NonNullable<Problem['errors']>[number];

/** The API refused. The message is the problem's `detail`. */
export class VoceroProblem extends VoceroError {
  override name = 'VoceroProblem';
  readonly status: number;
  /** Such as `urn:vocero:problem:not-found`; `about:blank` when the answer is not a problem document, as from a proxy. */
  readonly type: string;
  /** The last part of `type`, such as `not-found`. */
  readonly code: string;
  readonly title: string;
  /** Every refused field; empty for other problems. */
  readonly errors: FieldError[];
  /** Every problem of a list whose rows are not accepted. */
  readonly problems: NonNullable<Problem['problems']>;
  /** Quote it when you ask about a failure. */
  readonly requestId: string | undefined;
  /** Seconds after which another try makes sense; undefined: the API does not say. */
  readonly retryAfter: number | undefined;
  /** The whole document. */
  readonly document: Problem;

  constructor(document: Problem, retryAfter?: number) {
    super(document.detail ?? document.title);
    this.document = document;
    this.status = document.status;
    this.type = document.type;
    this.code = document.type.slice(document.type.lastIndexOf(':') + 1);
    this.title = document.title;
    this.errors = document.errors ?? [];
    this.problems = document.problems ?? [];
    this.requestId = document.request_id;
    this.retryAfter = retryAfter;
  }
}

/** Reads an unsuccessful answer, whatever it contains. */
export async function problemOf(response: Response): Promise<VoceroProblem> {
  const { status, statusText, headers } = response;
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const title = typeof body?.title === 'string' ? body.title : statusText || `Status ${status}`;
  const known = typeof body?.type === 'string' && typeof body.title === 'string' ? body : undefined;
  return new VoceroProblem({ ...known, type: known?.type ?? 'about:blank', title, status }, retryAfterOf(headers));
}

/** Seconds. A date, as proxies give it, counts from the answer's own one: this clock may differ. */
function retryAfterOf(headers: Headers): number | undefined {
  const given = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(given)) return Number(given);
  const at = given.endsWith('GMT') ? Date.parse(given) : NaN;
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1_000);
}

/** Whether the same request may succeed later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof VoceroUnreachable ||
  (error instanceof VoceroProblem && (error.status >= 500 || error.status === 429));
