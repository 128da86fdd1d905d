const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A time as clients write it, in ms since 1970: an instant, with `Z` or an offset, or a local time, which counts in the business's zone.
 */
export type Moment = { instant: number } | { local: number };

/** `2026-12-01T09:00-03:00`, `2026-12-01T09:00`; undefined for any other text, a date alone, and a day that does not exist. */
export function momentOf(text: string): Moment | undefined {
  const [, date, minute, second = ':00', zone] = FORM.exec(text) ?? [];
  const local = Date.parse(`${date}T${minute}${second}Z`);
  // Date.parse takes the 31st of November for the 1st of December, and 24:00 for the next day.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${minute}`)) return undefined;
  if (zone === undefined) return { local };
  const instant = Date.parse(`${date}T${minute}${second}${zone}`);
  return Number.isNaN(instant) ? undefined : { instant };
}
