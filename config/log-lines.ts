import { maskNumbers, maskPhone } from '../domain/mask-numbers.ts';
import type { Config } from './config.ts';

/** Shorter values are not secrets, and would match inside ordinary words. */
const LEAST_SECRET = 8;
const MAX_MESSAGE = 300;
const MAX_CAUSES = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Characters that JSON leaves unescaped and a terminal obeys, or shows in another order. */
export const LEFT_BY_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** The address of a calendar feed is its secret. */
const FEED = /\/calendar\/[\w-]{20,}/g;
const E164 = /(?:\+|%2B)\d{7,15}(?!\d)/gi;

/** JSON's escape of a character, without the backslash. */
export const coded = (character: string): string => `u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text on one line, without characters that a terminal would obey. */
export const plainLine = (text: string): string => text.replace(CONTROL, ' ');

interface Thrown {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  status?: unknown;
  statusCode?: unknown;
  stack?: unknown;
  cause?: unknown;
  problem?: { code?: unknown };
}

const shown = (text: string): string => plainLine(maskNumbers(text)).slice(0, MAX_MESSAGE);
const plainValue = (value: unknown): unknown =>
  typeof value === 'number' ? value : typeof value === 'string' ? shown(value) : undefined;

/** The stack's frames, without the message that V8 puts above them. */
const framesOf = (stack: unknown): string | undefined =>
  typeof stack === 'string'
    ? stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .map(plainLine)
        .join('\n')
    : undefined;

/**
 * Loggable fields of an error: type, message in one line with numbers masked, stack frames, causes. No other properties: SDKs attach
 * requests with their credentials, and databases the refused row. Of a provider's answer only the code: the answer may repeat the request,
 * and with it a person's name.
 */
export function errorFields(error: unknown, depth = 0, ofProvider = false): unknown {
  if (typeof error !== 'object' || error === null) return ofProvider ? undefined : plainValue(error);
  const { name, message, code, status, statusCode, stack, cause, problem } = error as Thrown;
  const provider = ofProvider || problem !== undefined;
  const said = provider ? problem?.code : message;
  return {
    type: plainValue(name) ?? 'Error',
    ...(typeof said === 'string' ? { message: shown(said) } : {}),
    code: plainValue(code),
    status: plainValue(status ?? statusCode),
    stack: framesOf(stack),
    ...(cause !== undefined && depth < MAX_CAUSES ? { cause: errorFields(cause, depth + 1, provider) } : {}),
  };
}

/** A URL's password, as written and decoded. A stray percent sign stays. */
function passwordsOf(url: string | undefined): string[] {
  if (!url || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** All secrets of a configuration, in each form in which a line may contain them. */
function secretsOf(config: Partial<Config>): string[] {
  const { twilio, elevenlabs, access, secrets, formerKeys, databaseUrl, temporal, tracing } = config;
  const temporalKey = temporal?.external?.connectionOptions.apiKey;
  const values = [
    twilio?.authToken,
    elevenlabs?.apiKey,
    elevenlabs?.webhookSecret,
    elevenlabs?.toolSecret,
    ...(access?.apiKeys ?? []),
    ...(access?.operatorKeys ?? []),
    secrets?.hashKey,
    secrets?.callbackSecret,
    ...(formerKeys?.hashKeys ?? []),
    ...(formerKeys?.callbackSecrets ?? []),
    ...passwordsOf(databaseUrl),
    typeof temporalKey === 'string' ? temporalKey : undefined,
    // `Bearer KEY`: the key alone, too.
    ...Object.values(tracing?.headers ?? {}).flatMap((value) => [value, value.replace(/^\w+ /, '')]),
    // Without padding, which some writers omit.
    ...(temporal?.payloadKeys ?? []).map((key) => key.toString('base64').replace(/=+$/, '')),
  ].filter((value) => value !== undefined && value.length >= LEAST_SECRET) as string[];
  const forms = values.flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
  // The longest first: one may be part of another.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/**
 * Removes secrets and numbers from a line before it is written. Callers already keep them out; this catches those in the messages of
 * libraries.
 */
export function lineScrubber(config: Partial<Config>): (line: string) => string {
  const secrets = secretsOf(config);
  return (line) => {
    let text = line;
    for (const secret of secrets) if (text.includes(secret)) text = text.replaceAll(secret, '[secret]');
    return text
      .replace(FEED, '/calendar/[secret]')
      .replace(E164, (found) => maskPhone(found.replace(/^%2B/i, '+')))
      .replace(LEFT_BY_JSON, (character) => `\\\\${coded(character)}`);
  };
}
