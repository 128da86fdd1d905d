type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const pascal = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/[^A-Za-z0-9]/g, '');

/**
 * Titles each object inside a schema by the path to it, so that `shortlist` in a `Booking` is not called as the schema `Shortlist`.
 * @param taken names of schemas
 */
function titled(schema: unknown, path: string, taken: ReadonlySet<string>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => titled(one, path, taken));
  if (!isObject(schema)) return schema;
  const name = taken.has(path) ? `${path}Part` : path;
  const { properties, items, anyOf, oneOf, allOf, ...rest } = schema;
  return {
    ...rest,
    ...(isObject(properties) && {
      title: name,
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, inner]) => [key, titled(inner, name + pascal(key), taken)]),
      ),
    }),
    ...(items !== undefined && { items: titled(items, `${name}Item`, taken) }),
    ...(anyOf !== undefined && { anyOf: titled(anyOf, name, taken) }),
    ...(oneOf !== undefined && { oneOf: titled(oneOf, name, taken) }),
    ...(allOf !== undefined && { allOf: titled(allOf, name, taken) }),
  };
}

/** A document whose schemas have a name for each object in them. */
export function withInnerNames(document: object): object {
  const { components, ...rest } = document as { components: { schemas: Json } };
  const names = Object.keys(components.schemas);
  const schemas = Object.entries(components.schemas).map(([name, schema]) => {
    return [name, titled(schema, name, new Set(names.filter((other) => other !== name)))];
  });
  return { ...rest, components: { ...components, schemas: Object.fromEntries(schemas) } };
}
