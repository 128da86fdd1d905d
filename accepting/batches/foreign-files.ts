const SAVE_AS = 'open it in its program and save it as CSV (UTF-8)';

/** The first bytes of files that people take for a table, as latin1. */
const KINDS: readonly { begin: readonly string[]; kind: string }[] = [
  { begin: ['%PDF'], kind: 'a PDF' },
  { begin: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'], kind: 'a spreadsheet (xlsx, ods) or another zip file' },
  { begin: ['\xd0\xcf\x11\xe0'], kind: 'an old spreadsheet (xls)' },
  { begin: ['\x1f\x8b'], kind: 'a compressed file (gzip)' },
  { begin: ['\x89PNG', '\xff\xd8\xff', 'GIF8'], kind: 'a picture' },
  { begin: ['{\\rtf'], kind: 'a text document (rtf)' },
];
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)/i;
const JSON_TEXT = /^(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[{[])/;

/** Bytes at the beginning that are looked at for signs of a file that is no text. */
const LOOKED_AT = 4_096;
/** Text has hardly any control characters beside tab and line breaks. A few are faults of their cells. */
const MAX_CONTROL_SHARE = 0.01;
const FEW = 3;

const isControl = (byte: number): boolean => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12;

/** Why the bytes cannot be a table, with the remedy; undefined: they may be. `text`: in UTF-8, without zeros of a wider encoding. */
export function whyNoTable(text: Buffer): string | undefined {
  const beginning = text.subarray(0, LOOKED_AT);
  const letters = beginning.toString('latin1');
  const found = KINDS.find(({ begin }) => begin.some((mark) => letters.startsWith(mark)));
  if (found) return `is ${found.kind}, not a table: ${SAVE_AS}`;
  if (MARKUP.test(letters)) return `is a web page or XML, not a table: ${SAVE_AS}`;
  if (JSON_TEXT.test(letters)) return 'is JSON, not a table: send it as application/json';
  let control = 0;
  for (const byte of beginning) {
    if (byte === 0) return `has bytes that no text has, so it is not a table: ${SAVE_AS}`;
    if (isControl(byte)) control++;
  }
  if (control > FEW + MAX_CONTROL_SHARE * beginning.length)
    return `has control characters of a file that is not a table: ${SAVE_AS}`;
  return undefined;
}
