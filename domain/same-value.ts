/**
 * Whether two JSON values would be read as the same. The order of fields does not matter, because builds differ in it; a field that is
 * undefined counts as absent.
 */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => isSameValue(part, b[i]))
    );
  }
  return hasAllOf(a, b) && namesOf(a) === namesOf(b);
}

const hasAllOf = (a: object, b: object): boolean =>
  Object.entries(a).every(([name, part]) => isSameValue(part, (b as Record<string, unknown>)[name]));

const namesOf = (value: object): number => Object.values(value).filter((part) => part !== undefined).length;
