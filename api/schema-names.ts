const PREFIX = '#/components/schemas/';
const SUFFIX = 'Input';

type Json = Record<string, unknown>;
interface Document {
  components?: { schemas?: object };
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** A value with each of its references renamed. */
function referring(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => referring(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key !== '$ref' || typeof member !== 'string') return [key, referring(member, names)];
      const name = member.slice(PREFIX.length);
      return [key, member.startsWith(PREFIX) ? PREFIX + (names.get(name) ?? name) : member];
    }),
  );
}

/** Names of the schemas that are reached from `from`, whether directly or by another schema. */
export function reached(from: unknown, schemas: Readonly<Json>): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      const name =
        key === '$ref' && typeof member === 'string' && member.startsWith(PREFIX) && member.slice(PREFIX.length);
      if (!name) visit(member);
      else if (!names.has(name)) {
        names.add(name);
        visit(schemas[name]);
      }
    }
  };
  visit(from);
  return names;
}

/**
 * Takes the suffix off the names of schemas of bodies, which the type provider adds to all of them. It stays where an answer has a schema of
 * that name that is not the same: a body may leave out what has a default, and has no unknown members. The schemas are sorted by name:
 * theirs is the order in which modules were loaded, which another process may have loaded otherwise.
 */
export function withPlainNames<D extends Document>(document: D): D {
  const schemas = (document.components?.schemas ?? {}) as Json;
  const names = new Map(
    Object.keys(schemas)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => [name, name.slice(0, -SUFFIX.length)]),
  );
  const differs = ([from, to]: [string, string]): boolean =>
    to in schemas && JSON.stringify(referring(schemas[from], names)) !== JSON.stringify(referring(schemas[to], names));
  // A schema that keeps its name may make another differ, which names it.
  for (let kept = [...names].filter(differs); kept.length > 0; kept = [...names].filter(differs))
    for (const [from] of kept) names.delete(from);
  const renamed = referring(document, names) as D;
  const plain = Object.entries(renamed.components?.schemas ?? {})
    .filter(([name]) => !(names.has(name) && names.get(name)! in schemas))
    .map(([name, schema]) => [names.get(name) ?? name, schema] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(plain) } };
}

/** A schema, or what has schemas in it, without `additionalProperties: false`: it has room for members of later versions. */
export function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name, member]) => name !== 'additionalProperties' || member !== false);
  return Object.fromEntries(members.map(([name, member]) => [name, open(member)]));
}
