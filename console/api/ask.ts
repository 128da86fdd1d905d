export interface FieldError {
  field: string;
  message: string;
  suggestions?: string[];
}

/** A problem document from the API. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly errors: FieldError[];

  constructor(status: number, detail: string, errors: FieldError[] = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** No answer: the connection or the server is gone. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const LIMIT_MS = 15_000;
/** A table of ten thousand rows is sent, checked and stored. */
const FORM_LIMIT_MS = 120_000;

/** The last answer to each repeated request, so that an unchanged one costs a few bytes. */
const kept = new Map<string, { etag: string; answer: unknown }>();
const MAX_KEPT = 20;

/** Forgets all kept answers, after an erasure. */
export const forgetAnswers = (): void => kept.clear();

async function problemIn(response: Response): Promise<ApiProblem> {
  const body = await response.json().catch(() => undefined);
  return new ApiProblem(response.status, body?.detail ?? response.statusText, body?.errors);
}

async function send(path: string, init: RequestInit, limit = LIMIT_MS): Promise<Response> {
  try {
    return await fetch(path, { ...init, signal: AbortSignal.timeout(limit) });
  } catch (error) {
    throw new Unreachable('no answer', { cause: error });
  }
}

/** Reads from the API. @throws ApiProblem, Unreachable */
export async function ask<T>(path: string): Promise<T> {
  const before = kept.get(path);
  const response = await send(path, before ? { headers: { 'if-none-match': before.etag } } : {});
  if (response.status === 304 && before) return before.answer as T;
  if (!response.ok) throw await problemIn(response);
  const answer = (await response.json()) as T;
  const etag = response.headers.get('etag');
  kept.delete(path);
  if (etag) kept.set(path, { etag, answer });
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
  return answer;
}

/** Changes something. @throws ApiProblem, Unreachable */
export async function tell<T>(
  method: 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await send(path, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await problemIn(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Sends a form with a file. @throws ApiProblem, Unreachable */
export async function sendForm<T>(path: string, body: FormData, headers: Record<string, string> = {}): Promise<T> {
  const response = await send(path, { method: 'POST', body, headers }, FORM_LIMIT_MS);
  if (!response.ok) throw await problemIn(response);
  return (await response.json()) as T;
}
