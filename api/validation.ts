import type { FastifySchemaCompiler } from 'fastify';
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

/** Clients' endpoints, whose query parameters are all known: a filter that is spelled wrongly would show everything. */
const OF_CLIENTS = /^\/v1\//;

/** Refuses query parameters that the endpoint does not have, and names those that it has. Providers may add theirs. */
function unknownParameters(schema: z.ZodType, given: unknown): FieldFault[] {
  if (!(schema instanceof z.ZodObject) || typeof given !== 'object' || given === null) return [];
  // A route that reads its parameters itself.
  if (schema.def.catchall && !(schema.def.catchall instanceof z.ZodNever)) return [];
  const known = Object.keys(schema.shape);
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((field) => ({
      field,
      message: `is not a parameter of this endpoint: remove it, or take one of ${known.join(', ')}`,
    }));
}

/** Checks routes by their zod schemas: `422` for wrong fields, `400` for a missing body. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart, url = '' }) =>
  (data) => {
    const unknown = httpPart === 'querystring' && OF_CLIENTS.test(url) ? unknownParameters(schema, data) : [];
    if (unknown.length > 0) return { error: invalid(unknown) };
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
