import type { FastifyRequest } from 'fastify';
import { isBookingId, parseCallId } from '../domain/ids.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The sender has proved who it is, by a secret or a signature. */
    proved?: boolean;
  }
}

/** True for a request with a valid key, session, secret or signature. Without keys every request counts as proved. */
export const isProved = (request: FastifyRequest): boolean => request.proved === true || Boolean(request.principal);

/** Route, and booking or call, for the log. Never the URL: a stranger may have written anything in it. */
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
