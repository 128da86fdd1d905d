import { VoceroProblem } from '../../clients/typescript/src/errors.ts';
import { Transport } from '../../clients/typescript/src/transport.ts';

export {
  type FieldError,
  VoceroProblem as ApiProblem,
  VoceroUnreachable as Unreachable,
} from '../../clients/typescript/src/errors.ts';

/** At this page's own address, with its cookie. A page repeats by itself, or its operator does. */
const api = new Transport({ url: '', retries: 0, timeout: 15_000 });
/** A table of ten thousand rows is sent, checked and stored: four times as long. */
const patient = new Transport({ url: '', retries: 0, timeout: 30_000 });

/** The last answer to each repeated request, so that an unchanged one costs a few bytes. */
const kept = new Map<string, { etag: string; answer: unknown }>();
const MAX_KEPT = 20;

/** Forgets all kept answers, after an erasure. */
export const forgetAnswers = (): void => kept.clear();

/** Reads from the API. @throws ApiProblem, Unreachable */
export async function ask<T>(path: string): Promise<T> {
  const before = kept.get(path);
  const headers = before && { 'if-none-match': before.etag };
  try {
    return await api.ask('GET', path, { headers }, async (response) => {
      const answer = (await response.json()) as T;
      const etag = response.headers.get('etag');
      kept.delete(path);
      if (etag) kept.set(path, { etag, answer });
      if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
      return answer;
    });
  } catch (error) {
    if (before && error instanceof VoceroProblem && error.status === 304) return before.answer as T;
    throw error;
  }
}

/** Changes something. @throws ApiProblem, Unreachable */
export const tell = <T>(
  method: 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<T> => api.json<T>(method, path, { body, headers });

/** Sends a form with a file. @throws ApiProblem, Unreachable */
export const sendForm = <T>(path: string, body: FormData, headers?: Record<string, string>): Promise<T> =>
  patient.json<T>('POST', path, { body, headers });
