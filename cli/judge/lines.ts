/** Longer lines are refused, so that memory stays limited. */
export const LONGEST_LINE = 4 * 1024 * 1024;

export interface Line {
  /** Counts from 1. */
  number: number;
  /** undefined: it was longer than `LONGEST_LINE` bytes. */
  text: string | undefined;
}

const NEW_LINE = 0x0a;

/** The non-empty lines of a UTF-8 stream, one after the other; holds at most one of them. */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 1;
  let held: Buffer[] = [];
  let bytes = 0;
  const take = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes > LONGEST_LINE) held = [];
    else held.push(piece);
  };
  const line = (): Line => {
    const text = bytes > LONGEST_LINE ? undefined : textOf(Buffer.concat(held), number);
    held = [];
    bytes = 0;
    return { number: number++, text };
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      take(chunk.subarray(from, end));
      const whole = line();
      if (whole.text !== '') yield whole;
      from = end + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  const last = line();
  if (last.text !== '') yield last;
}

const textOf = (bytes: Buffer, number: number): string =>
  (number === 1 ? bytes.toString().replace(/^\ufeff/, '') : bytes.toString()).trim();
