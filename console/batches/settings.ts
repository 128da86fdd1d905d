import type { Given } from '../form/given.ts';

/** The settings' fields of the form, by the names of the API's errors; the batch's own and those of `defaults`. */
const WISH = ['service_type', 'user_name', 'preferred_date', 'preferred_time', 'special_requests'] as const;
export const DEFAULTS = 'defaults.request.';

const textOf = (given: Given, name: string): string => String(given[name] ?? '').trim();

/** The given values that are not empty. */
const filled = (entries: [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== undefined));

/** A whole number, or the text as it was typed, which the API refuses in words. */
const numberOf = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** The part `settings` of a batch, without its `check`. */
export function settingsOf(given: Given): Record<string, unknown> {
  const request = filled(WISH.map((name) => [name, textOf(given, DEFAULTS + name)]));
  const language = textOf(given, 'defaults.language');
  const defaults = { ...(Object.keys(request).length > 0 && { request }), ...(language && { language }) };
  const atOnce = textOf(given, 'max_concurrent');
  const share = numberOf(textOf(given, 'stop_after_failures.share'));
  return filled([
    ['name', textOf(given, 'name')],
    ['defaults', Object.keys(defaults).length > 0 ? defaults : undefined],
    ['default_country', textOf(given, 'default_country')],
    ['not_before', textOf(given, 'not_before')],
    ['not_after', textOf(given, 'not_after')],
    ['max_concurrent', atOnce && numberOf(atOnce)],
    ['on_invalid', textOf(given, 'on_invalid')],
    ['duplicates', textOf(given, 'duplicates')],
    ['start', textOf(given, 'start')],
    [
      'stop_after_failures',
      given.stop_after_failures === true
        ? {
            share: typeof share === 'number' ? share / 100 : share,
            of_last: numberOf(textOf(given, 'stop_after_failures.of_last')),
          }
        : undefined,
    ],
  ]);
}
