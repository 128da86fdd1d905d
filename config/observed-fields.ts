import { z } from 'zod';

/** OpenTelemetry's names of samplers. All parts of a trace are decided alike, by its id, so `parentbased_` makes no difference. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** `key=value,key2=value2`, each percent-encoded. */
export const pairs = z.string().transform((text, ctx) => {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [, key = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/.exec(pair) ?? [];
    const read = decoded(value.trim());
    if (key === '' || read === undefined) ctx.addIssue('must be pairs such as name=value, separated by commas');
    else pairs[key] = read;
  }
  return pairs;
});

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export const serviceName = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 visible ASCII characters');

/** A share of all traces. */
export const share = z
  .string()
  .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a share from 0 to 1, such as 0.1')
  .transform(Number);

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency’s three letters, such as USD');

/** Money for a minute. */
export const rate = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be an amount of money for a minute, such as 0.014')
  .transform(Number);
