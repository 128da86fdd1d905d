import type { FastifyRequest } from 'fastify';
import { isBookingId, parseCallId } from '../domain/ids.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its sender has shown a secret or a signature. */
    proved?: boolean;
  }
}

/** Whether it has shown whose it is, by a key, a session, a secret or a signature; without keys everybody who reaches the API has. */
export const isProved = (request: FastifyRequest): boolean => request.proved === true || Boolean(request.principal);

/** Which route it was, and for which booking or call; never the URL, in which a stranger may have written anything. */
export function whatWasAsked({ method, routeOptions, params, query }: FastifyRequest): object {
  const { id, call_id = (query as { call_id?: unknown } | undefined)?.call_id } = (params ?? {}) as {
    id?: unknown;
    call_id?: unknown;
  };
  return {
    method,
    route: routeOptions.url ?? 'none',
    ...(isBookingId(id) && { booking_id: id }),
    ...(parseCallId(call_id) && { call_id }),
  };
}
