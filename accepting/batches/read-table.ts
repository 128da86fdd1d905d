import { type Options, type Parser, parse } from 'csv-parse';
import type { Delimiter } from '../../domain/schemas/batch-check.ts';

/** Bytes that are parsed without a pause: some milliseconds. */
const PIECE = 32 * 1024;
const [LF, CR] = [10, 13];

/** A record of a file. `line`: where it begins, the first line is 1. `broken`: why `text`, its first line, has no cells, and the remedy. */
export type TableRecord = { line: number } & ({ cells: string[] } | { broken: string; text: string });

export interface TableFormat {
  delimiter: Delimiter;
  /** Byte at which the header begins. */
  from: number;
  /** True for a record in which a quote was left open, although the parser reads it. */
  isTorn: (cells: readonly string[]) => boolean;
}

const IN_A_CELL = 'has a quote inside a cell: put the cell in quotes, and double the quotes that belong to it';
const LEFT_OPEN =
  'has a quote that is not closed, or one inside a quoted cell: close it, or double it if it belongs to the text';

/** The words for an error of the parser. */
const brokenBy = (error: Error): string =>
  'code' in error && error.code === 'INVALID_OPENING_QUOTE' ? IN_A_CELL : LEFT_OPEN;

/** Follows the line numbers of growing offsets. */
class Lines {
  readonly #text: Buffer;
  #at = 0;
  #line = 1;

  constructor(text: Buffer) {
    this.#text = text;
  }

  /** The line that has this byte, which is not before the last one that was asked for. CR, LF and CRLF end a line. */
  lineAt(offset: number): number {
    for (; this.#at < offset; this.#at++) {
      const byte = this.#text[this.#at];
      if (byte === LF || (byte === CR && this.#text[this.#at + 1] !== LF)) this.#line++;
    }
    return this.#line;
  }
}

/** The byte at which the next line begins. */
function nextLine(text: Buffer, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    if (text[at] === LF) return at + 1;
    if (text[at] === CR) return text[at + 1] === LF ? at + 2 : at + 1;
  }
  return text.length;
}

type Failure = Error | undefined;

const written = (parser: Parser, piece: Buffer): Promise<Failure> =>
  new Promise((resolve) => {
    parser.write(piece, (error) => resolve(error ?? undefined));
  });

const ended = (parser: Parser): Promise<Failure> =>
  new Promise((resolve) => {
    parser.end((error?: Error | null) => resolve(error ?? undefined));
  });

/** Ends the parser at a record that it reads without an error. */
class LeftOpen extends Error {}

const endsLine = (text: Buffer): boolean => text.at(-1) === LF || text.at(-1) === CR;

/**
 * The records of a table, piece by piece, blank ones left out. A record that cannot be read takes no other one with it: the parser begins
 * again at the line after the one on which it began.
 * @param text UTF-8 without a byte order mark
 * @param breathe called after each piece
 */
export async function* readTable(
  text: Buffer,
  { delimiter, from, isTorn }: TableFormat,
  breathe: () => Promise<void> | undefined,
): AsyncGenerator<TableRecord[]> {
  const lines = new Lines(text);
  const last = endsLine(text) ? null : Buffer.from('\n');
  let start = from;
  while (start < text.length) {
    const base = start;
    /** Where the next record begins. */
    let begin = start;
    let read: TableRecord[] = [];
    const parser = parse(
      optionsFor(delimiter, (cells, { bytes }) => {
        const end = base + bytes;
        if (isTorn(cells)) throw new LeftOpen();
        if (cells.some((cell) => cell.trim() !== '')) read.push({ line: lines.lineAt(begin), cells });
        begin = end;
        return null;
      }),
    );
    parser.on('error', () => {});
    let error: Failure;
    try {
      for (let at = start; at < text.length && !error; at += PIECE) {
        error = await written(parser, text.subarray(at, at + PIECE));
        if (!error && at + PIECE >= text.length)
          error = (last && (await written(parser, last))) ?? (await ended(parser));
        if (read.length > 0) yield read;
        read = [];
        await breathe();
      }
    } finally {
      parser.destroy();
    }
    if (!error) return;
    start = nextLine(text, begin);
    yield [{ line: lines.lineAt(begin), broken: brokenBy(error), text: text.toString('utf8', begin, start) }];
  }
}

const optionsFor = (delimiter: Delimiter, onRecord: (cells: string[], context: { bytes: number }) => null): Options =>
  ({
    delimiter,
    // A tab is blank as well: trimming would take empty cells away.
    trim: delimiter !== '\t',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    on_record: onRecord,
  }) as Options;
