import { z } from 'zod';
import { messagesSchema } from '../../domain/schemas/message.ts';
import { findBooking } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';

/** Messages to a client's `callback_url`, and the request to send one again. */
export function messageRoutes(app: App, { records, gateway }: Context): void {
  const common = { tags: ['bookings'], security: [{ apiKey: [] }] };
  const id = z.string().max(100).describe('Id of the booking');

  app.route({
    method: 'GET',
    url: '/v1/bookings/:id/messages',
    schema: {
      ...common,
      operationId: 'listMessages',
      summary: 'Messages to the callback_url, each with its answers',
      params: z.object({ id }),
      response: { 200: messagesSchema, ...problems(410) },
    },
    async handler(request) {
      const stored = await findBooking(records, request.params.id, request.principal);
      return { data: await records.messages(stored.order.id) };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/bookings/:id/messages/:message/send',
    schema: {
      ...common,
      operationId: 'sendMessage',
      summary: 'Send a message again',
      description: 'Its id and body are those of the first time; one that waits for its next try is sent at once.',
      params: z.object({ id, message: z.string().max(200).describe('Id of the message') }),
      response: { 202: messagesSchema, ...problems(410) },
    },
    async handler(request, reply) {
      const stored = await findBooking(records, request.params.id, request.principal);
      const message = await records.message(request.params.message);
      if (message?.booking_id !== stored.order.id) throw new Problem(404, 'This booking has no such message.');
      await gateway.tell(message);
      request.log.info({ booking_id: stored.order.id, message: message.id }, 'sending a message again');
      return reply.code(202).send({ data: await records.messages(stored.order.id) });
    },
  });
}
