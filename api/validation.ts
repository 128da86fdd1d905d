import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { type FieldFault, fieldErrors } from '../domain/schemas/field-errors.ts';
import { invalid, notFoundHere, Problem } from './problem.ts';

/**
 * Parses a provider's body.
 * @throws Problem 422 that names the fields
 */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw invalid(fieldErrors(result.error));
  return result.data;
}

export const bodyRequired = (): Problem => new Problem(400, 'A JSON body is required.');

/** Query parameters that a schema does not have, each with a message that names those that it has. */
function unknownParameters(schema: unknown, given: unknown): FieldFault[] {
  if (typeof given !== 'object' || given === null) return [];
  const { shape, def } = schema instanceof z.ZodObject ? schema : z.object({});
  // A route that reads its parameters itself.
  if (def.catchall && !(def.catchall instanceof z.ZodNever)) return [];
  const known = Object.keys(shape);
  const remedy = known.length > 0 ? `remove it, or take one of ${known.join(', ')}` : 'remove it, as it takes none';
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((field) => ({ field, message: `is not a parameter of this endpoint: ${remedy}` }));
}

/**
 * A hook for clients' routes, which know all of their query parameters: a filter that is spelled wrongly would show everything. Not for
 * those of providers, which may add parameters.
 * @throws Problem 422 that names the others
 */
export async function refuseUnknownParameters({ query, routeOptions }: FastifyRequest): Promise<void> {
  const { querystring } = (routeOptions.schema ?? {}) as { querystring?: unknown };
  const unknown = unknownParameters(querystring, query);
  if (unknown.length > 0) throw invalid(unknown);
}

/** Checks routes by their zod schemas: `422` for wrong fields, `400` for a missing body. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    if (httpPart === 'body' && (data === undefined || data === null)) {
      return { error: bodyRequired() };
    }
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    // An address that cannot be: nothing is there.
    if (httpPart === 'params') return { error: notFoundHere() };
    return { error: invalid(fieldErrors(result.error, httpPart)) };
  };

/** For bodies that must not be parsed before their signature is checked: the schema is documentation, and the route parses. */
export const documentedOnly: FastifySchemaCompiler<unknown> = () => (value) => ({ value });

/** For bodies in several forms, which the route parses. All else is checked by its schema. */
// biome-ignore lint/suspicious/noExplicitAny: Fastify types a route's own compiler by the route's whole schema
export const exceptBody: FastifySchemaCompiler<any> = (route) =>
  route.httpPart === 'body' ? (value) => ({ value }) : validatorCompiler(route);

/** For routes that also work without a body. */
// biome-ignore lint/suspicious/noExplicitAny: Fastify types a route's own compiler by the route's whole schema
export const optionalBody: FastifySchemaCompiler<any> = (route) => {
  const check = validatorCompiler(route);
  return (data) =>
    route.httpPart === 'body' && (data === undefined || data === null) ? { value: undefined } : check(data);
};
