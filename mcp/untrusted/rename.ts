import { isObject, type Json } from '../json.ts';
import { untrustedName } from './names.ts';

/** An object with one member under another name, in its place. */
const renamed = (object: Json, name: string): Json =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key === name ? untrustedName(name) : key, value]));

const replaced = (object: Json, name: string, value: unknown): Json =>
  Object.hasOwn(object, name) ? { ...object, [name]: value } : object;

function inValue(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (name === '*') return Array.isArray(value) ? value.map((each) => inValue(each, rest)) : value;
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  return rest.length === 0 ? renamed(value, name) : replaced(value, name, inValue(value[name], rest));
}

/** Gives untrusted members their names in an answer of the API. */
export const withUntrustedNames = (value: Json, paths: readonly string[]): Json =>
  paths.reduce<unknown>((so, path) => inValue(so, path.split('.')), value) as Json;

/** Where a JSON Schema describes its alternatives. */
const ALTERNATIVES = ['anyOf', 'oneOf', 'allOf'] as const;

function inSchema(schema: unknown, path: readonly string[]): unknown {
  if (!isObject(schema)) return schema;
  let so = schema;
  for (const word of ALTERNATIVES) {
    const each = so[word];
    if (Array.isArray(each)) so = { ...so, [word]: each.map((one) => inSchema(one, path)) };
  }
  const [name = '', ...rest] = path;
  const { items, properties, required } = so;
  if (name === '*') return replaced(so, 'items', inSchema(items, rest));
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return so;
  if (rest.length > 0) return { ...so, properties: replaced(properties, name, inSchema(properties[name], rest)) };
  return {
    ...so,
    properties: renamed(properties, name),
    ...(Array.isArray(required) && { required: required.map((each) => (each === name ? untrustedName(name) : each)) }),
  };
}

/** The same in the answer's JSON Schema. */
export const schemaWithUntrustedNames = (schema: Json, paths: readonly string[]): Json =>
  paths.reduce<unknown>((so, path) => inSchema(so, path.split('.')), schema) as Json;
