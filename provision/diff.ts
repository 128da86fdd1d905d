/** One field that differs: its present value (undefined: absent) and the wanted one. */
export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

/** The order of lists of names (events, tools, tags) has no meaning. */
const sorted = (list: readonly unknown[]): unknown[] =>
  list.every(isScalar) ? [...list].sort((a, b) => String(a).localeCompare(String(b))) : [...list];

const same = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [sorted(a), sorted(b)];
    return left.length === right.length && left.every((value, n) => same(value, right[n]));
  }
  if (isObject(a) && isObject(b)) return changes(a, b).length === 0;
  return a === b || (a ?? undefined) === (b ?? undefined);
};

/**
 * The fields of `wanted` that differ in `current`. Other fields of `current` do not count: the provider adds fields, and people
 * set some by hand.
 */
export function changes(wanted: unknown, current: unknown, at = ''): Change[] {
  if (isObject(wanted)) {
    const there = isObject(current) ? current : {};
    return Object.entries(wanted).flatMap(([name, value]) =>
      changes(value, there[name], at === '' ? name : `${at}.${name}`),
    );
  }
  return same(wanted, current) ? [] : [{ field: at, from: current, to: wanted }];
}
