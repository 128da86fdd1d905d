import { isIP } from 'node:net';
import { getCountries } from 'libphonenumber-js/max';
import { z } from 'zod';
import { LOSABLE_KEYS, type LosableKey } from './config.ts';

/** A whole number written in digits. */
export const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be a whole number from ${from} to ${to}`);

export const port = wholeNumber(1, 65_535);

/** A rate. May be a fraction: one call in two seconds is a sensible limit. */
export const perSecond = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,3})?$/, 'must be a number of calls a second, from 0.01 to 1000, such as 1 or 0.5')
  .transform(Number)
  .refine((n) => n >= 0.01 && n <= 1000, 'must be a number of calls a second, from 0.01 to 1000');

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of: ${values.join(', ')}`);

/** Host name or address to listen on. */
export const listenHost = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address to listen on, such as 127.0.0.1 or 0.0.0.0');

/** An absolute http(s) URL without a query; a slash at its end is dropped. */
export const baseUrl = z
  .string()
  .refine(isBaseUrl, 'must be a base URL such as https://calls.example.com, without query, fragment or credentials')
  .transform((url) => new URL(url).href.replace(/\/+$/, ''));

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = !url.search && !url.hash && !url.username && !url.password && url.hostname !== '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:');
}

/** Comma-separated origins of web pages, in the spelling of browsers. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (all) => all.every((origin) => isBaseUrl(origin) && new URL(origin).origin === origin),
    'must be origins separated by commas, each a scheme, a host and a port where it is not the usual one, such as https://temporal.example.com',
  );

/** Comma-separated bearer keys: visible ASCII, because they are sent in a header. */
export const bearerKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (keys) => keys.every((key) => /^[\x21-\x7e]+$/.test(key)) && new Set(keys).size === keys.length,
    'must be different keys separated by commas, each without spaces or empty places',
  );

/** A bearer key, and the name of the person who has it. */
export interface NamedKey {
  key: string;
  name?: string | undefined;
}

/** A name, and anything after the first `=` but the padding of base64. */
const NAMED = /^([^=]*)=(?!=*$)(.+)$/;
/** Written by hand, shown in the console: letters, digits and what joins them. */
const OPERATOR_NAME = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .'’_-]{0,59}$/u;

/** Comma-separated bearer keys, each perhaps behind a name: `Olga Ruiz=KEY`. */
export const namedKeys = z.string().transform((text, ctx): NamedKey[] => {
  const keys = text.split(',').map((part) => {
    const [, name, key] = NAMED.exec(part.trim()) ?? [];
    return key === undefined ? { key: part.trim() } : { key: key.trim(), name: name!.trim() };
  });
  if (!keys.every(({ name }) => name === undefined || OPERATOR_NAME.test(name)))
    ctx.addIssue(
      'must have a name of 1 to 60 letters, digits, blanks, dots, apostrophes or dashes before each = that is not the end of a key, such as Olga Ruiz=KEY',
    );
  else if (!bearerKeys.safeParse(keys.map(({ key }) => key).join(',')).success)
    ctx.addIssue(
      'must be different keys separated by commas, each without spaces or empty places, perhaps with a name before it: Olga Ruiz=KEY',
    );
  return keys;
});

/** A secret or an id that is sent to a provider unchanged. */
export const token = z.string().regex(/^[\x21-\x7e]+$/, 'must not contain spaces, line breaks or non-ASCII characters');

export const accountSid = z
  .string()
  .regex(/^AC[0-9a-zA-Z]{32}$/, 'must be an account SID: AC and 32 characters (an API key, SK…, is not one)');

export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 form, such as +541143211234');

export const taskQueue = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,200}$/, 'must be 1 to 200 letters, digits, dots, dashes or underscores');

/** Temporal's id of a build: any tag or commit id. */
export const buildId = z
  .string()
  .regex(
    /^(?!__)[A-Za-z0-9._-]{1,100}$/,
    'must be 1 to 100 letters, digits, dots, dashes or underscores, not "__" first',
  );

/** No dot: Temporal's notation of a version separates name and build by one. */
export const deploymentName = z
  .string()
  .regex(/^(?!__)[A-Za-z0-9_-]{1,100}$/, 'must be 1 to 100 letters, digits, dashes or underscores, not "__" first');

/** `AR,ES` → country codes that libphonenumber knows. */
export const countries = z.string().transform((text, ctx) => {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  const known = new Set<string>(getCountries());
  const wrong = codes.filter((code) => !known.has(code));
  if (wrong.length > 0) {
    ctx.addIssue(
      `must be ISO country codes separated by commas, such as AR,ES,US; not a country: ${wrong.map((code) => `"${code}"`).join(', ')}`,
    );
  }
  return [...new Set(codes)];
});

/** `10.0.0.5,172.16.0.0/12`: addresses and networks. */
export const networks = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .refine(
    (all) => all.every(isNetwork),
    'must be IP addresses or networks separated by commas, such as 127.0.0.1,172.16.0.0/12',
  );

function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const kind = isIP(address);
  return kind !== 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= (kind === 4 ? 32 : 128)));
}

export const databaseUrl = z
  .string()
  .refine(
    (url) => (/^postgres(ql)?:\/\/[^/]/.test(url) ? URL.canParse(url) : /^file:./.test(url)),
    'must be postgres://user:password@host:5432/database or file:path/to/vocero.db',
  );

/** 32 random bytes or more, in base64. */
export const hashKey = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length >= 32,
    'must be at least 32 random bytes in base64: openssl rand -base64 32',
  );

/** Former keys, comma-separated. */
export const hashKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (all) => all.every((key) => hashKey.safeParse(key).success),
    'must be former keys in base64, separated by commas, each as it was',
  );

/** AES-256 keys, the current one first. */
export const encryptionKeys = z.string().transform((text, ctx) => {
  const keys = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  const whole = text.split(',').every((key) => /^[A-Za-z0-9+/_-]{43}=?$/.test(key.trim()));
  if (!whole || new Set(keys.map((key) => key.toString('base64'))).size < keys.length) {
    ctx.addIssue(
      'must be 32 random bytes in base64 (openssl rand -base64 32 makes them); older keys that still decrypt follow it, different ones, separated by commas',
    );
  }
  return keys;
});

/** The Standard Webhooks form of a signing key. */
export const webhookKey = z
  .string()
  .refine(
    (text) => /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) && Buffer.from(text.slice(6), 'base64').length >= 24,
    'must be whsec_ and at least 24 random bytes in base64',
  );

/** Former signing keys, comma-separated. */
export const webhookKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine(
    (all) => all.every((key) => webhookKey.safeParse(key).success),
    'must be former secrets, each whsec_ and base64, separated by commas',
  );

/** Keys that are lost. */
export const lostKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine((all) => all.every(isLosable), `must be one or both of ${LOSABLE_KEYS.join(' and ')}, separated by commas`)
  .transform((all) => all as LosableKey[]);

function isLosable(name: string): boolean {
  return (LOSABLE_KEYS as readonly string[]).includes(name);
}
