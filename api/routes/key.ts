import { keySchema } from '../../domain/schemas/key.ts';
import type { App } from '../context.ts';

/** Tells a client what its key may do. */
export function keyRoute(app: App): void {
  app.route({
    method: 'GET',
    url: '/v1/key',
    schema: {
      tags: ['process'],
      security: [{ apiKey: [] }],
      operationId: 'getKey',
      summary: 'The rights of the key that is sent',
      response: { 200: keySchema },
    },
    handler: async ({ principal }) => ({ operator: principal.operator, sees_all: principal.seesAll }),
  });
}
