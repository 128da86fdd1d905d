import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiSettings } from './deps.ts';
import { type EventSource, streamEvents } from './event-stream.ts';
import { fairShare } from './fair-share.ts';
import type { ApiMetrics } from './metrics.ts';
import { invalid } from './problem.ts';

const MAX_EVENT_STREAMS = 200;

/** Of a request for events. */
export const resumeHeaders = z.looseObject({
  'last-event-id': z.string().max(20).optional().describe('Resume after this event'),
});

/**
 * The number of the last event that a client has seen; 0: none.
 * @throws Problem 422
 */
export function seqOf(lastEventId: string | undefined): number {
  if (!lastEventId) return 0;
  if (!/^\d{1,15}$/.test(lastEventId)) {
    throw invalid([{ field: 'Last-Event-ID', message: 'must be the id of an event of this stream' }]);
  }
  return Number(lastEventId);
}

interface StreamsContext {
  settings: Pick<ApiSettings, 'apiKeys' | 'operatorKeys' | 'maxEventStreams'>;
  metrics: Pick<ApiMetrics, 'eventStreams'>;
  closing: AbortSignal;
}

/** All open event streams of one process, of bookings and others: keys share them. */
export interface EventStreams {
  /**
   * Answers a request with a stream, and resolves at its end. A source that is over (`nothingLeft`) is answered 204: after a mere end of
   * the stream a browser would reconnect.
   * @throws Problem 429 or 503 when there are too many streams
   */
  send<E extends { type: string }>(
    request: FastifyRequest,
    reply: FastifyReply,
    source: EventSource<E> & { nothingLeft: () => Promise<boolean> },
  ): Promise<FastifyReply | undefined>;
  /**
   * Does something that lasts for one key, such as a wait: it counts as a stream.
   * @throws Problem 429 or 503 when there are too many
   */
  hold<T>(owner: string, work: () => Promise<T>): Promise<T>;
}

export function eventStreams({ settings, metrics, closing }: StreamsContext): EventStreams {
  const keys = new Set([...settings.apiKeys, ...settings.operatorKeys]);
  const streams = fairShare(settings.maxEventStreams ?? MAX_EVENT_STREAMS, keys.size <= 1);
  const hold = async <T>(owner: string, work: () => Promise<T>): Promise<T> => {
    streams.take(owner);
    metrics.eventStreams.set(streams.all);
    try {
      return await work();
    } finally {
      streams.giveBack(owner);
      metrics.eventStreams.set(streams.all);
    }
  };
  return {
    hold,
    async send(request, reply, source) {
      if (await source.nothingLeft()) return reply.code(204).serializer(String).send('');
      return hold(request.principal.owner, async () => {
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          'content-type': 'text/event-stream; charset=utf-8',
          // A proxy that compresses or buffers would hold the events back until the end.
          'cache-control': 'no-store, no-transform',
          'x-accel-buffering': 'no',
        });
        try {
          await streamEvents(source, raw, closing);
          raw.end();
        } catch (error) {
          request.log.error({ err: error, url: request.routeOptions.url }, 'could not continue an event stream');
          raw.destroy();
        }
        return undefined;
      });
    },
  };
}
