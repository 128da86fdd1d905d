import type { FastifyRequest } from 'fastify';
import { isBookingId, parseCallId } from '../domain/ids.ts';

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
