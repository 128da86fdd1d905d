import type { App } from './context.ts';
import { Problem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON, and nothing else. No body at all is left to the route: some take none. */
export function acceptJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
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

/** Only this content type, and its bytes as they came: signatures are made over them. */
export function acceptRaw(app: App, contentType: string): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** The bytes that `acceptRaw` kept; empty when there was no body. */
export const rawBody = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));
