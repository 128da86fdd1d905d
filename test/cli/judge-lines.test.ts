import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { type Line, LONGEST_LINE, linesOf } from '../../cli/judge/lines.ts';

async function read(...chunks: (string | Buffer)[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) lines.push(line);
  return lines;
}

it('cuts a stream into lines wherever its chunks end, also inside a character', async () => {
  const bytes = Buffer.from('uno\n\nmañana\r\ntres');
  const whole = [
    { number: 1, text: 'uno' },
    { number: 3, text: 'mañana' },
    { number: 4, text: 'tres' },
  ];
  for (let at = 0; at <= bytes.length; at++) {
    expect(await read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole);
  }
});

it('holds no line that is too long, and goes on after it', async () => {
  const piece = 'x'.repeat(LONGEST_LINE / 4 + 1);
  expect(await read(piece, piece, piece, piece, '\nshort\n')).toEqual([
    { number: 1, text: undefined },
    { number: 2, text: 'short' },
  ]);
});
