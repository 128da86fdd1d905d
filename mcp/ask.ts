import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '../domain/schemas/problem.ts';
import { type ApiAnswer, type ApiRequest, ApiUnreachable, pathWith } from './api-port.ts';
import { ToolFailure, unanswered } from './failure.ts';
import { isObject, type Json } from './json.ts';
import type { ToolCall } from './tool.ts';

/** A client's patience with a tool that rings may be short: it has the id, or the remedy, within two seconds. */
const SOON_MS = 1_500;
const LOOK_MS = 400;

function contentOf({ status, body }: ApiAnswer): Json {
  if (status < 400 && isObject(body)) return body;
  const problem = problemSchema.safeParse(body);
  if (problem.success) throw new ToolFailure(problem.data);
  throw unanswered(`The API answered ${status}, with something that is not its own. Is the address right?`);
}

const unreachable = (error: unknown, next?: string): never => {
  if (error instanceof ApiUnreachable) throw unanswered(error.message, next);
  throw error;
};

/**
 * The API's answer to a request that may be repeated.
 * @throws ToolFailure with the API's problem
 */
export async function ask({ api, signal }: Pick<ToolCall, 'api' | 'signal'>, request: ApiRequest): Promise<Json> {
  return contentOf(await api({ signal, ...request }).catch(unreachable));
}

/** A request that makes something, such as a booking. */
interface Making {
  thing: 'booking' | 'shortlist' | 'batch';
  body: Json;
  /** The Idempotency-Key; undefined: the client gave none. */
  key: string | undefined;
  headers?: Record<string, string> | undefined;
}

const PLACES = { booking: '/v1/bookings', shortlist: '/v1/shortlists', batch: '/v1/batches' };

/** The newest thing that a key made, or undefined. */
export async function madeBy(
  call: Pick<ToolCall, 'api' | 'signal'>,
  thing: Making['thing'],
  key: string,
): Promise<Json | undefined> {
  const { data } = await ask(call, { method: 'GET', path: pathWith(PLACES[thing], { idempotency_key: key }) });
  const [made] = Array.isArray(data) ? data : [];
  return isObject(made) ? made : undefined;
}

const findsIt = ({ thing, key }: Making): string =>
  key === undefined
    ? `The ${thing} may have been accepted or not. Look for it with list_bookings before you try again, and then give an idempotency_key.`
    : `The ${thing} may have been accepted or not. Call ${thing === 'batch' ? 'get_batch' : 'get_booking'} with idempotency_key ${JSON.stringify(key)}, or repeat this call unchanged: with the same idempotency_key nobody is rung twice.`;

/**
 * Makes something, and answers within two seconds: with its id, or with the way to find it. The request goes on all the same, also when the
 * client is gone.
 * @throws ToolFailure
 */
export async function make(call: ToolCall, making: Making): Promise<Json> {
  const { thing, body, key, headers } = making;
  const over = new AbortController();
  const late = pause(SOON_MS, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
  const sent = call.api({
    method: 'POST',
    path: PLACES[thing],
    headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) },
    body,
  });
  const first = await Promise.race([sent, late])
    .catch((error: unknown) => unreachable(error, findsIt(making)))
    .finally(() => over.abort());
  if (first !== 'late') return contentOf(first);
  sent.catch(() => undefined);
  const look = { api: call.api, signal: AbortSignal.timeout(LOOK_MS) };
  const made = key === undefined ? undefined : await madeBy(look, thing, key).catch(() => undefined);
  if (made) return made;
  throw unanswered(`The API has not accepted the ${thing} yet.`, findsIt(making));
}
