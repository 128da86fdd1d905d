import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.ts';
import { type Placed, streamEvents } from './event-stream.ts';
import { fairShare } from './fair-share.ts';
import { invalid } from './problem.ts';

const MAX_EVENT_STREAMS = 200;

/** The seq in `Last-Event-ID`; 0 without one. */
function seqOf(lastEventId: string | string[] | undefined): number {
  if (!lastEventId) return 0;
  if (typeof lastEventId !== 'string' || !/^\d{1,15}$/.test(lastEventId)) {
    throw invalid([{ field: 'Last-Event-ID', message: 'must be the id of an event of this stream' }]);
  }
  return Number(lastEventId);
}

/** One thing whose events a client follows. */
export interface Followed<E extends { type: string }> {
  id: string;
  isFinal: boolean;
  eventsAfter(id: string, seq: number, limit: number): Promise<Placed<E>[]>;
  /** Adds computed fields to an event. */
  mark?: ((event: E) => object) | undefined;
}

type FairShare = ReturnType<typeof fairShare>;

const shares = new WeakMap<object, FairShare>();

/** The streams of this process: bookings and shortlists share one bound. */
function shareOf(context: Context): FairShare {
  const { settings, closing } = context;
  const keys = new Set([...settings.apiKeys, ...settings.operatorKeys]);
  const share = shares.get(closing) ?? fairShare(settings.maxEventStreams ?? MAX_EVENT_STREAMS, keys.size <= 1);
  shares.set(closing, share);
  return share;
}

/** Answers requests for Server-Sent Events: from the place of `Last-Event-ID` on, until `final`. */
export function eventStreams(context: Context) {
  const streams = shareOf(context);
  const { metrics } = context;
  return {
    async send<E extends { type: string }>(
      request: FastifyRequest,
      reply: FastifyReply,
      { id, isFinal, eventsAfter, mark }: Followed<E>,
    ): Promise<FastifyReply | undefined> {
      const after = seqOf(request.headers['last-event-id']);
      // 204 tells a browser to stop. After a mere end of the stream it would reconnect.
      const nothingLeft = isFinal && (await eventsAfter(id, after, 1)).length === 0;
      if (nothingLeft) return reply.code(204).serializer(String).send('');
      const { owner } = request.principal;
      streams.take(owner);
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        // A proxy that compresses or buffers would hold the events back until the end.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      metrics.eventStreams.set(streams.all);
      try {
        await streamEvents({ eventsAfter }, id, after, raw, context.closing, mark);
        raw.end();
      } catch (error) {
        request.log.error({ err: error, id }, 'could not continue an event stream');
        raw.destroy();
      } finally {
        streams.giveBack(owner);
        metrics.eventStreams.set(streams.all);
      }
      return undefined;
    },
  };
}
