import { z } from 'zod';
import type { App } from '../context.ts';
import { problems } from '../openapi.ts';
import { Problem } from '../problem.ts';

/** Documents this URL only: the server hands upgrades to the bridge before they reach a route. */
export function mediaStreamRoute(app: App): void {
  app.route({
    method: 'GET',
    url: '/ws/media-stream/:call_id',
    exposeHeadRoute: false,
    schema: {
      tags: ['providers'],
      operationId: 'mediaStream',
      summary: 'WebSocket of Twilio Media Streams',
      description: 'The `start` message must carry the single-use token of the TwiML as the parameter `token`.',
      params: z.object({ call_id: z.string().max(100).describe('The attempt, as named in our dial') }),
      response: problems(426),
    },
    async handler() {
      throw new Problem(426, 'This is a WebSocket for Twilio Media Streams.', { headers: { upgrade: 'websocket' } });
    },
  });
}
