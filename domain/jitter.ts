/**
 * A fraction from 0.5 to 1, fixed for these words: for waits that must not all end at once, in code that must not use random numbers.
 * FNV-1a, 32 bits.
 */
export function jitter(words: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193) >>> 0;
  // Short words with the same end differ in the low bits only: mix them upwards.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return 0.5 + ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 33;
}
