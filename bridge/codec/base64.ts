/**
 * Strict base64. The bridge copies payloads into frames as text, so only this alphabet may pass. A decoder that skips unknown characters
 * would play noise.
 */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export const isBase64 = (text: unknown): text is string =>
  typeof text === 'string' && text.length % 4 === 0 && BASE64.test(text);

/** Number of bytes that a valid base64 text encodes, without decoding it. */
export const base64Bytes = (text: string): number =>
  (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
