import type { OpenAPIV3_1 } from 'openapi-types';

/** Of clients first, then of providers, monitoring and others. Within these the order is that of the routes. */
const rank = (path: string): number => (path.startsWith('/v1/') ? 0 : 1);

/** A document whose paths stand in the order in which a new reader needs them. */
export const inReadingOrder = (document: OpenAPIV3_1.Document): OpenAPIV3_1.Document => ({
  ...document,
  paths: Object.fromEntries(Object.entries(document.paths ?? {}).toSorted(([a], [b]) => rank(a) - rank(b))),
});
