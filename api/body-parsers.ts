import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { App } from './context.ts';
import { largeBodies, tooLarge } from './large-bodies.ts';
import { Problem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Refuses compressed bodies: unpacking one could take any amount of memory. */
export function refuseEncodings(app: App): void {
  app.addHook('preParsing', async (request) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return;
    throw new Problem(415, 'Content-Encoding is not accepted: send the body uncompressed.');
  });
}

/**
 * Accepts JSON only. A missing body is left to the route, because some routes take none.
 * @param most bytes, where the route's own limit is that of another content type
 */
export function acceptJson(app: App, most = Number.POSITIVE_INFINITY): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    if (body.length > most) return done(tooLarge(most));
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      return done(new Problem(400, 'The body is not valid UTF-8.'));
    }
    parse(request, text, (error, value) => {
      if (error) done(new Problem(400, 'The body is not valid JSON.', { cause: error }));
      else done(null, value);
    });
  });
}

/** Accepts any content type, as text that the route parses. A missing body is `undefined`. */
export function acceptAnyText(app: App): void {
  const lenient = new TextDecoder('utf-8');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body: Buffer, done) =>
    done(null, body.length === 0 ? undefined : lenient.decode(body)),
  );
}

/** Accepts only this content type and keeps the raw bytes: signatures are computed over them. */
export function acceptRaw(app: App, contentType: string): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** As `acceptRaw`, for large bodies: one limit bounds the sum of all of them. */
export function acceptLargeRaw(app: App, contentType: string): void {
  const read = largeBodies();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentType, async (request: FastifyRequest, payload: Readable) =>
    read(payload, request.routeOptions.bodyLimit ?? 0, Number(request.headers['content-length'] ?? 0)),
  );
}

/** The bytes that `acceptRaw` kept; empty without a body. */
export const rawBody = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));
