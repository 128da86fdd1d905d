import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsOf } from '../../domain/batch/statuses.ts';
import { checkFile, checkRows } from './batch-support.ts';

const RUNS = { numRuns: 150 };

/** Text as a cell may have it: quotes, every delimiter, line breaks, letters of every kind. */
const words = fc
  .array(fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', ' ', "'", '=', 'a', 'ñ', '😀', '7', '+54'), {
    maxLength: 12,
  })
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');

const rowsOf = fc.array(
  fc.record({
    digits: fc.integer({ min: 0, max: 9999 }),
    name: words,
    note: fc.option(words, { nil: undefined }),
    extra: fc.option(words, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  end: fc.constantFrom('\n', '\r', '\r\n'),
  quoteAll: fc.boolean(),
  lastEnd: fc.boolean(),
  blankAfter: fc.nat({ max: 3 }),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
});

type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

function written(
  table: string[][],
  { delimiter, end, quoteAll, lastEnd, blankAfter, encoding, order }: Dialect,
): Buffer {
  const cell = (text: string): string =>
    quoteAll || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = table.map((cells) => order.map((column) => cell(cells[column]!)).join(delimiter));
  const blank = Array.from({ length: blankAfter }, (_, n) => (n % 2 ? '' : delimiter.repeat(6)));
  const text = [...lines.slice(0, 2), ...blank, ...lines.slice(2)].join(end) + (lastEnd ? end : '');
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`);
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf-16le' ? little : little.swap16();
}

const HEADER = ['key', 'phone', 'business_name', 'service_type', 'user_name', 'special_requests', 'metadata.x'];
const phone = (digits: number): string => `+54114321${String(digits).padStart(4, '0')}`;

describe('a table in any dialect', () => {
  it('gives the rows that were written', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, dialect, async (rows, how) => {
        const table = rows.map(({ digits, name, note, extra }, n) => [
          `k${n}`,
          phone(digits),
          name,
          'dentista',
          'Ana',
          note ?? '',
          extra ?? '',
        ]);
        const { rows: read, check } = await checkFile(written([HEADER, ...table], how), { duplicates: 'allow' });
        expect(check.problems).toEqual([]);
        expect(
          read.map(({ key, request }) => [
            key,
            request?.business,
            request?.request.special_requests,
            request?.metadata,
          ]),
        ).toEqual(
          rows.map(({ digits, name, note, extra }, n) => [
            `k${n}`,
            { name, phone: phone(digits) },
            note,
            extra === undefined ? {} : { x: extra },
          ]),
        );
      }),
      RUNS,
    );
  });

  it('loses no row to whatever stands in other rows', async () => {
    const junk = fc.array(fc.constantFrom('"', '""', ',', 'a', ' ', '+54', ';'), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 6 }), async (lines) => {
        const good = (n: number): string => `good-${n},${phone(n)},Sur,dentista,Ana`;
        const text = ['key,phone,business_name,service_type,user_name'];
        for (const [n, line] of lines.entries()) text.push(line.join(''), good(n));
        const { rows, check } = await checkFile(text.join('\n'), { on_invalid: 'skip', duplicates: 'allow' });
        const keys = rows.filter(({ status }) => status === 'valid').map(({ key }) => key);
        expect(keys).toEqual(lines.map((_, n) => `good-${n}`));
        const lineOf = (n: number): number => 2 * n + 3;
        expect(rows.filter(({ key }) => keys.includes(key)).map(({ line }) => line)).toEqual(
          lines.map((_, n) => lineOf(n)),
        );
        expect(check.valid + check.invalid + check.duplicates).toBe(check.rows);
      }),
      RUNS,
    );
  });

  it('has a sum for its counts, and a reason for every row that is not called', async () => {
    const anyRow = fc.record(
      {
        key: fc.constantFrom('a', 'b', '', 7, undefined),
        business: fc.oneof(
          fc.record({ name: fc.constantFrom('Sur', ''), phone: fc.constantFrom('+541143211234', '911', '5E+11', '') }),
          fc.constantFrom(undefined, null, 'x', []),
        ),
        request: fc.record({ service_type: fc.constantFrom('a', ''), user_name: fc.constantFrom('b', undefined) }),
        other: fc.anything(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyRow, fc.jsonValue()), { minLength: 1, maxLength: 10 }),
        fc.constantFrom('reject', 'skip', 'allow'),
        async (given, duplicates) => {
          const { rows, check } = await checkRows(given, { duplicates, on_invalid: 'skip' });
          expect(rows).toHaveLength(given.length);
          expect(check.rows).toBe(given.length);
          expect(check.valid + check.invalid + check.duplicates).toBe(given.length);
          for (const { status, reasons, request, key, row } of rows) {
            const mine = check.problems.filter((problem) => problem.row === row);
            expect(mine.length > 0).toBe(status !== 'valid');
            expect((reasons ?? []).length > 0).toBe(status !== 'valid');
            expect(request === undefined).toBe(status === 'invalid');
            if (status === 'valid') expect(key).toBeTruthy();
          }
          const valid = rows.filter(({ status }) => status === 'valid');
          expect(new Set(valid.map(({ key }) => key)).size).toBe(valid.length);
          expect(
            countsOf(rows.map(({ status }) => ({ status: status === 'valid' ? 'waiting' : status }))),
          ).toMatchObject({
            total: given.length,
            waiting: check.valid,
          });
        },
      ),
      RUNS,
    );
  });
});
