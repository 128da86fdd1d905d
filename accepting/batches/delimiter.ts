import { isKnownColumn } from '../../domain/batch/columns.ts';
import { DELIMITERS, type Delimiter } from '../../domain/schemas/batch-check.ts';

/** Longest header that is looked at, in bytes: 64 columns with long names. */
const MAX_HEADER = 32_768;
/** A first line of Excel that names the delimiter. */
const SEP = /^\s*"?sep=([,;\t])"?[ \t]*(\r\n|\r|\n)/i;

/** The cells of one line, by quotes and the delimiter alone. */
function splitLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

/** The text up to the first line break outside quotes. */
function firstRecord(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && (text[at] === '\n' || text[at] === '\r')) return text.slice(0, at);
  }
  return text;
}

/**
 * The delimiter that the header has: the one that yields the most known columns, then the most columns. Rows are not looked at: a comma in a
 * name would mislead.
 * @param text UTF-8
 * @returns also `from`, the byte at which the header begins, after blank lines and Excel's `sep=` line
 */
export function delimiterOf(text: Buffer): { delimiter: Delimiter; from: number } {
  const beginning = text.toString('utf8', 0, MAX_HEADER);
  const [line = '', named] = SEP.exec(beginning) ?? [];
  const after = beginning.slice(line.length);
  const blank = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(after)?.[0] ?? '';
  const from = Buffer.byteLength(line) + Buffer.byteLength(blank);
  if (named) return { delimiter: named as Delimiter, from };
  const header = firstRecord(after.slice(blank.length));
  const [best] = DELIMITERS.map((delimiter) => {
    const names = splitLine(header, delimiter);
    return { delimiter, known: names.filter(isKnownColumn).length, columns: names.length };
  }).sort((a, b) => b.known - a.known || b.columns - a.columns);
  return { delimiter: best!.delimiter, from };
}
