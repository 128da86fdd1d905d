import type { App, Context } from '../context.ts';
import { content } from '../openapi.ts';
import { referencePage } from '../reference/html.ts';
import { referenceIndex, referenceText } from '../reference/markdown.ts';
import { type ApiDocument, type Reference, referenceOf } from '../reference/model.ts';

/** The reference of the API, made from its description: for people, for programs that read text, and an index of it. */
export function referenceRoutes(app: App, { settings }: Context): void {
  let kept: Reference | undefined;
  const reference = (): Reference => {
    kept ??= referenceOf(app.swagger() as unknown as ApiDocument);
    return kept;
  };
  const pages = [
    {
      url: '/docs',
      operationId: 'readReference',
      summary: 'The reference, for people',
      type: 'text/html',
      page: () => referencePage(reference()),
    },
    {
      url: '/docs.md',
      operationId: 'readReferenceText',
      summary: 'The reference as Markdown',
      type: 'text/markdown',
      page: () => referenceText(reference()),
    },
    {
      url: '/llms.txt',
      operationId: 'readIndex',
      summary: 'An index for language models',
      type: 'text/plain',
      page: () => referenceIndex(reference(), settings.publicUrl),
    },
  ];
  for (const { url, operationId, summary, type, page } of pages)
    app.route({
      method: 'GET',
      url,
      schema: { tags: ['process'], operationId, summary, response: content(200, summary, type) },
      handler: async (_request, reply) => reply.type(`${type}; charset=utf-8`).serializer(String).send(page()),
    });
}
