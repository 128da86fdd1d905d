import { randomBytes } from 'node:crypto';
import type { App, Context } from '../context.ts';
import { landingPage } from '../landing-page.ts';
import { notFoundHere } from '../problem.ts';
import type { KeyGuard } from '../wrong-keys.ts';
import { bestEncoding } from './encoding.ts';
import { sessionRoutes } from './session-routes.ts';

/** Addresses of the console's pages. The page itself reads from its address which one to show. */
const PAGES = [
  ...['/', '/new', '/bookings/:id', '/batches', '/batches/new', '/batches/:id'],
  ...['/shortlists', '/shortlists/new', '/shortlists/:id', '/do-not-call', '/calendar', '/acts', '/sign-in'],
];

/** Nothing from other sites, nothing inline. Styles that our script creates carry the answer's nonce. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The operators' web page. A file's name contains the hash of its content, so browsers may cache it without end. */
export function consoleRoutes(app: App, context: Context, guarded: KeyGuard): void {
  const { console: bundle, settings } = context;
  sessionRoutes(app, context, guarded);

  if (!bundle) {
    app.route({
      method: 'GET',
      url: '/',
      schema: { hide: true },
      handler: async (_request, reply) => reply.type('text/html; charset=utf-8').send(landingPage(settings.publicUrl)),
    });
    return;
  }

  for (const url of PAGES) {
    app.route({
      method: 'GET',
      url,
      schema: { hide: true },
      async handler(_request, reply) {
        const nonce = randomBytes(16).toString('base64url');
        return reply
          .header('content-security-policy', policyOf(nonce))
          .header('cross-origin-opener-policy', 'same-origin')
          .type('text/html; charset=utf-8')
          .send(bundle.page(nonce));
      },
    });
  }

  app.route({
    method: 'GET',
    url: '/console/:file',
    schema: { hide: true },
    async handler(request, reply) {
      const asset = bundle.assets.get((request.params as { file: string }).file);
      if (!asset) throw notFoundHere();
      const encoding = bestEncoding(request.headers['accept-encoding']);
      if (encoding) reply.header('content-encoding', encoding);
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(asset.type)
        .send(encoding ? asset[encoding] : asset.plain);
    },
  });
}
