import { maskNumbers, maskPhone } from '../domain/mask-numbers.ts';
import type { Config } from './config.ts';

/** Shorter ones are no secrets, and would be found inside innocent words. */
const LEAST_SECRET = 8;
const MOST_MESSAGE = 300;
const MOST_CAUSES = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** What JSON leaves as it is and a terminal obeys, or shows in another order than it was written. */
export const LEFT_BY_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const E164 = /(?:\+|%2B)\d{7,15}(?!\d)/gi;

/** As JSON spells it, without the backslash. */
export const coded = (character: string): string => `u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One line without anything that a terminal would obey. */
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

const shown = (text: string): string => plainLine(maskNumbers(text)).slice(0, MOST_MESSAGE);
const plainValue = (value: unknown): unknown =>
  typeof value === 'number' ? value : typeof value === 'string' ? shown(value) : undefined;

/** Where it was thrown, without the message that V8 writes above it. */
const framesOf = (stack: unknown): string | undefined =>
  typeof stack === 'string'
    ? stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .map(plainLine)
        .join('\n')
    : undefined;

/**
 * An error as it is logged: what it is, its message in one line with numbers masked, where it was thrown, its causes. None
 * of its other properties: SDKs hang requests with their credentials there, databases the refused row. Of what a provider
 * answered only the code: it may repeat the request, and with it a person's name.
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
    ...(cause !== undefined && depth < MOST_CAUSES ? { cause: errorFields(cause, depth + 1, provider) } : {}),
  };
}

/** A URL's password as it stands there and as it is meant; a stray percent sign stands for itself. */
function passwordsOf(url: string | undefined): string[] {
  if (!url || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** Every secret of a configuration, in each form in which a line may hold it. */
function secretsOf(config: Partial<Config>): string[] {
  const { twilio, elevenlabs, access, secrets, formerKeys, databaseUrl, temporal } = config;
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
    // Without the padding, which not everybody writes.
    ...(temporal?.payloadKeys ?? []).map((key) => key.toString('base64').replace(/=+$/, '')),
  ].filter((value) => value !== undefined && value.length >= LEAST_SECRET) as string[];
  const forms = values.flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
  // The longest first: one may be part of another.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/**
 * The last look at a line before it is written. Those who log keep secrets and numbers out; what slips through in the
 * words of a library is taken out here.
 */
export function lineScrubber(config: Partial<Config>): (line: string) => string {
  const secrets = secretsOf(config);
  return (line) => {
    let text = line;
    for (const secret of secrets) if (text.includes(secret)) text = text.replaceAll(secret, '[secret]');
    return text
      .replace(E164, (found) => maskPhone(found.replace(/^%2B/i, '+')))
      .replace(LEFT_BY_JSON, (character) => `\\\\${coded(character)}`);
  };
}
