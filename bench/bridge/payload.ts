const QUOTE = 0x22;
const COLON = 0x3a;

/** Where the text that follows a key lies in a message, without reading the message as JSON; undefined: it has no such key. */
export function payloadAfter(key: Buffer, buffer: Buffer, start: number, end: number) {
  let at = buffer.indexOf(key, start) + key.length;
  if (at < key.length || at >= end) return undefined;
  // Some writers put a space on either side of the colon.
  while (at < end && buffer[at] !== COLON) at++;
  while (at < end && buffer[at] !== QUOTE) at++;
  const from = at + 1;
  const to = buffer.indexOf(QUOTE, from);
  return to >= from && to < end ? { from, to } : undefined;
}
