/**
 * Strict base64. A payload is passed on inside a frame that is put together as text, so only this alphabet may get
 * through; and a decoder that skips what it does not know would play noise.
 */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export const isBase64 = (text: unknown): text is string =>
  typeof text === 'string' && text.length % 4 === 0 && BASE64.test(text);

/** Bytes behind a valid base64 text, without decoding it. */
export const base64Bytes = (text: string): number =>
  (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
