import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { notFoundHere, Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The methods that the route really has, where it is registered for others only to refuse them itself. */
    allows?: readonly string[];
  }
}

interface KnownPath {
  url: string;
  matches: RegExp;
  methods: readonly string[];
}

/** A path of the router as a pattern. There each method has a separate tree, so a path may fit several patterns. */
const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[A-Za-z_]+/g, '[^/]*')}$`);

const knownPath = ({ url, method, config }: RouteOptions): KnownPath => ({
  url,
  matches: patternOf(url),
  methods: config?.allows ?? [method].flat(),
});

function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  const [path = ''] = request.url.split(/[?#]/, 1);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/**
 * Tells a wrong method from an unknown path: `405` with `Allow`, before the body is read. `OPTIONS` is answered with the methods alone:
 * pages of other sites may call nothing here, so a browser's preflight gets no permission.
 */
export function refuseUnknown(app: FastifyInstance): void {
  const known: KnownPath[] = [];
  app.addHook('onRoute', (route) => {
    known.push(knownPath(route));
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = pathOf(request);
    // `/v1/bookings/check` fits the path of a booking too, but no booking has that id.
    const named = known.filter(({ url }) => url === path);
    const fits = named.length > 0 ? named : known.filter(({ matches }) => matches.test(path));
    const methods = [...new Set(fits.flatMap((one) => one.methods))].toSorted();
    if (methods.length === 0) throw notFoundHere();
    const allow = methods.join(', ');
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
    throw new Problem(405, `Not with ${request.method}: this path answers ${allow}.`, { headers: { allow } });
  });
}
