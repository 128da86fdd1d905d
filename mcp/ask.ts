import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { problemSchema } from '../domain/schemas/problem.ts';
import { type ApiAnswer, type ApiRequest, ApiUnreachable, pathWith } from './api-port.ts';
import { ToolFailure, unanswered } from './failure.ts';
import { isObject, type Json } from './json.ts';
import type { ToolCall } from './tool.ts';

/** A client's patience with a tool that rings may be short: it has the id, or the remedy, within two seconds. */
const SOON_MS = 1_200;
const LOOK_MS = 600;

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
  /** The Idempotency-Key; undefined: the client gave none, and one is made up. */
  key: string | undefined;
  headers?: Record<string, string> | undefined;
}

/** `confirmed`: false where it is stored, and its start was not confirmed in time. */
export interface Made {
  made: Json;
  confirmed: boolean;
}

const PLACES = { booking: '/v1/bookings', shortlist: '/v1/shortlists', batch: '/v1/batches' };

/** The thing that a key of the client made, or undefined. */
export async function madeBy(
  call: Pick<ToolCall, 'api' | 'signal'>,
  thing: Making['thing'],
  key: string,
): Promise<Json | undefined> {
  const { data } = await ask(call, { method: 'GET', path: pathWith(PLACES[thing], { idempotency_key: key }) });
  const [made] = Array.isArray(data) ? data : [];
  return isObject(made) ? made : undefined;
}

const findsIt = (thing: Making['thing'], key: string): string =>
  `The ${thing} may have been accepted or not. Call ${thing === 'batch' ? 'get_batch' : 'get_booking'} with idempotency_key ${JSON.stringify(key)}, or repeat this call with the same arguments and that idempotency_key: nobody is rung twice.`;

/** After a failure of ours the request may have been stored. */
function accepted(answer: ApiAnswer, next: string): Json {
  try {
    return contentOf(answer);
  } catch (error) {
    throw error instanceof ToolFailure && error.problem.status >= 500 ? new ToolFailure(error.problem, next) : error;
  }
}

/**
 * Makes something, and answers within two seconds: with its id, or with the way to find it. The request goes on all the same, also when the
 * client is gone.
 * @throws ToolFailure
 */
export async function make(call: ToolCall, { thing, body, headers, ...given }: Making): Promise<Made> {
  const key = given.key ?? randomUUID();
  const over = new AbortController();
  const late = pause(SOON_MS, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
  const sent = call.api({ method: 'POST', path: PLACES[thing], headers: { ...headers, 'idempotency-key': key }, body });
  const first = await Promise.race([sent, late])
    .catch((error: unknown) => unreachable(error, findsIt(thing, key)))
    .finally(() => over.abort());
  if (first !== 'late') return { made: accepted(first, findsIt(thing, key)), confirmed: true };
  sent.catch(() => undefined);
  const look = { api: call.api, signal: AbortSignal.timeout(LOOK_MS) };
  const made = await madeBy(look, thing, key).catch(() => undefined);
  if (made) return { made, confirmed: false };
  throw unanswered(`The API has not accepted the ${thing} yet.`, findsIt(thing, key));
}

/** The first words of the answer. */
export const acceptedWords = ({ confirmed }: Made): string =>
  confirmed
    ? 'Accepted.'
    : 'The answer to this call is late. This is stored under its idempotency_key, and its start is not confirmed yet: to be sure, repeat this call unchanged; nobody is rung twice.';
