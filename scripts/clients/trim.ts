import type { ApiDocument } from './document.ts';

const PREFIX = '#/components/schemas/';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Names of the schemas that are reached from `from`. */
function reached(from: unknown, schemas: Json): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (!isObject(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (key !== '$ref' || typeof member !== 'string') visit(member);
      else if (!names.has(member.slice(PREFIX.length))) {
        names.add(member.slice(PREFIX.length));
        visit(schemas[member.slice(PREFIX.length)]);
      }
    }
  };
  visit(from);
  return names;
}

/** Without `additionalProperties: false`: a client reads answers of later versions, which have more fields. */
function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name, member]) => name !== 'additionalProperties' || member !== false);
  return Object.fromEntries(members.map(([name, member]) => [name, open(member)]));
}

/** Without the problems of each status: every refusal has the same shape. */
function successful(operation: unknown): unknown {
  if (!isObject(operation) || !isObject(operation.responses)) return operation;
  const responses = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
  return { ...operation, responses: Object.fromEntries(responses) };
}

/** Without the suffix that tells a body from an answer of the same name, where there is no such answer. */
function renamed(document: object, schemas: Json): object {
  const shorter = Object.keys(schemas)
    .filter((name) => name.endsWith('Input') && !(name.slice(0, -'Input'.length) in schemas))
    .map((name) => [name, name.slice(0, -'Input'.length)] as const);
  const names = new Map<string, string>(shorter);
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    const { $ref } = value;
    const target = typeof $ref === 'string' ? names.get($ref.slice(PREFIX.length)) : undefined;
    if (target) return { ...value, $ref: PREFIX + target };
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member)]));
  };
  const given = visit(document) as { components: { schemas: Json } };
  const kept = Object.entries(given.components.schemas).map(([name, schema]) => [names.get(name) ?? name, schema]);
  return { ...given, components: { schemas: Object.fromEntries(kept) } };
}

/**
 * The part of the description that clients need: what is under `/v1`, and the messages to them. The schema `Problem` remains, which each
 * refusal has.
 */
export function forClients({ paths, webhooks, components }: ApiDocument): object {
  const { schemas } = components as { schemas: Json };
  const kept = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, successful(operation)])),
    ]);
  const all = { paths: Object.fromEntries(kept), ...(webhooks && { webhooks }) };
  const names = reached([all, { $ref: `${PREFIX}Problem` }], schemas);
  const used = Object.entries(schemas).filter(([name]) => names.has(name));
  const document = {
    openapi: '3.1.0',
    info: { title: 'Vocero', version: '1' },
    ...all,
    components: { schemas: Object.fromEntries(used) },
  };
  return renamed(open(document) as object, Object.fromEntries(used));
}
