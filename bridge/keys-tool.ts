import { KEYS } from './touch-tones.ts';

/** The agent's client tool for phone menus: `{ "keys": "1w42#" }`. */
export const KEYS_TOOL = 'press_keys';

type KeysReading = { ok: true; keys: string } | { ok: false; message: string };

/** Models write keys as text or as a number, with spaces, and `a` for `A`. */
export function readKeys(parameters: unknown): KeysReading {
  const value = (Object(parameters) as { keys?: unknown }).keys;
  const keys = (typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '')
    .replace(/[\s,-]/g, '')
    .replace(/[a-d]/g, (letter) => letter.toUpperCase());
  if (KEYS.test(keys)) return { ok: true, keys };
  return { ok: false, message: 'keys: give 1 to 32 of 0-9, *, # and A-D; w waits half a second' };
}
