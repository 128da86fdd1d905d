type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A JSON object over another one: members of `over` win, objects in both are merged, lists are replaced. Neither is changed, and the depth
 * is that of `base`.
 */
export function merged(base: JsonObject, over: JsonObject): JsonObject {
  const members = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = members.get(name);
    members.set(name, isObject(below) && isObject(value) ? merged(below, value) : value);
  }
  return Object.fromEntries(members);
}

/** More levels than any field of a booking has. */
const MAX_LEVELS = 16;

/** True for a JSON value with more levels than a row can have: code that follows levels has only so much stack. */
export function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}
