import type { ProblemDocument } from '../domain/schemas/problem.ts';

export interface FieldError {
  field: string;
  message: string;
  /** Possible intended values, most likely first. */
  suggestions?: string[];
}

const TITLES: Record<number, string> = {
  400: 'Malformed request',
  401: 'Authentication required',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request time-out',
  409: 'Conflict',
  410: 'Gone',
  413: 'Body too large',
  414: 'URL too long',
  415: 'Unsupported content type',
  416: 'Range not satisfiable',
  422: 'Invalid fields',
  426: 'Upgrade required',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Service unavailable',
};

export const titleOf = (status: number): string => TITLES[status] ?? 'Error';

interface ProblemParts {
  errors?: FieldError[];
  headers?: Record<string, string>;
  more?: Record<string, unknown>;
  cause?: unknown;
}

/** An RFC 9457 problem document. Handlers throw it, and the error handler sends it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;
  /** Further members of the document. */
  readonly more: Record<string, unknown>;

  constructor(status: number, detail: string, { errors, headers = {}, more = {}, cause }: ProblemParts = {}) {
    super(detail, cause === undefined ? undefined : { cause });
    this.status = status;
    this.errors = errors;
    this.headers = headers;
    this.more = more;
  }

  document(requestId: string): ProblemDocument {
    const title = titleOf(this.status);
    return {
      type: `urn:vocero:problem:${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
      title,
      status: this.status,
      detail: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
      ...this.more,
      request_id: requestId,
    };
  }
}

export const notFound = (thing = 'booking'): Problem =>
  new Problem(404, `There is no such ${thing}, or it is not yours.`);

export const notFoundHere = (): Problem =>
  new Problem(404, 'There is nothing here; GET /openapi.json lists what there is.');

export const invalid = (errors: FieldError[]): Problem =>
  new Problem(422, `Not accepted: ${errors.map(({ field }) => field).join(', ')}.`, { errors });

export const unavailable = (what: string, cause?: unknown): Problem =>
  new Problem(503, `${what}; try again in a moment.`, { headers: { 'retry-after': '2' }, cause });
