import { describe, expect, it } from '@jest/globals';
import { checkFile, HEADER, places, row } from './batch-support.ts';

describe('a row that is no row', () => {
  const broken = async (lines: string[], changes = {}) => {
    const batch = await checkFile([HEADER, ...lines].join('\n'), changes);
    return { batch, keys: batch.rows.map(({ key, status, line }) => [key, status, line]) };
  };

  it.each([
    ['a cell less', 'k2,+541143211002,x,y'],
    ['a cell more', `${row(2)},`],
    ['an open quote', 'k2,+541143211002,"Consultorio,dentista,Ana'],
    ['a quote inside', 'k2,+541143211002,Consultorio 12" Sur,dentista,Ana'],
    ['a quote inside quotes', 'k2,+541143211002,"El "Sur" SA",dentista,Ana'],
    ['nothing but a quote', '"'],
  ])('takes no other one with it: %s', async (_, line) => {
    const { batch, keys } = await broken([
      row(1),
      line,
      row(3),
      'k4,+541143211004,"Con ""citas""",dentista,Ana',
      row(5),
    ]);
    expect(keys).toEqual([
      ['k1', 'valid', 2],
      [undefined, 'invalid', 3],
      ['k3', 'valid', 4],
      ['k4', 'valid', 5],
      ['k5', 'valid', 6],
    ]);
    expect(places(batch)).toEqual([[2, 3, 'row', 'row_length']]);
    expect(batch.check.problems[0]?.message).toMatch(/: (check|close|put)/);
    expect(batch.rows[1]?.reasons).toMatchObject([
      { code: 'row_length', field: 'row', message: expect.stringMatching(/^has/) },
    ]);
  });

  it('does not swallow rows when a later quote closes an open one', async () => {
    const { batch, keys } = await broken([
      row(1),
      'k2,+541143211002,"Sur,dentista,Ana',
      row(3),
      'k4,+541143211004,Norte",dentista,Ana',
      row(5),
    ]);
    expect(keys.map(([key]) => key)).toEqual(['k1', undefined, 'k3', undefined, 'k5']);
    expect(places(batch)).toEqual([
      [2, 3, 'row', 'row_length'],
      [4, 5, 'row', 'row_length'],
    ]);
  });

  it('is told from texts that have line breaks, delimiters and numbers', async () => {
    const text = (note: string): string => `phone,business_name,service_type,user_name,special_requests\n${note}`;
    const notes = [
      'Llamar al\n+54 11 4321 1234',
      'a,b,c,d,e\n1,2,3,4,5\nx',
      '\n+541143211234,,',
      'uno\n\n"dos", "tres"',
    ];
    for (const note of notes) {
      const cell = `"${note.replaceAll('"', '""')}"`;
      const { rows } = await checkFile(
        text(`+541143211234,Sur,dentista,Ana,${cell}\n+541143211235,Norte,dentista,Ana,`),
      );
      expect(rows.map(({ status }) => status)).toEqual(['valid', 'valid']);
      expect(rows[0]?.request?.request.special_requests).toBe(note.trim());
    }
    const twoNumbers = await checkFile(text('"+541143211234\n+541143211235",Sur,dentista,Ana,'));
    expect(places(twoNumbers)).toEqual([[1, 2, 'phone', 'invalid_number']]);
  });

  it('is found where the number stands before, behind or inside of the quotes', async () => {
    const header = 'business_name,service_type,user_name,phone';
    const lines = ['"Sur,dentista,Ana,+541143211001', 'Norte",dentista,Ana,+541143211002', 'Este,x,y,+541143211003'];
    const { rows } = await checkFile([header, ...lines].join('\n'));
    expect(rows.map(({ status, line }) => [status, line])).toEqual([
      ['invalid', 2],
      ['invalid', 3],
      ['valid', 4],
    ]);
  });

  it('is found at the end of the file, and in every row', async () => {
    const open = (n: number): string => `k${n},+54114321${1000 + n},"Sur,dentista,Ana`;
    const last = await broken([row(1), open(2)]);
    expect(places(last.batch)).toEqual([[2, 3, 'row', 'row_length']]);
    const all = await broken(Array.from({ length: 500 }, (_, n) => open(n)));
    expect(all.batch.check).toMatchObject({ rows: 500, invalid: 500 });
  });

  it('may be skipped', async () => {
    const { batch } = await broken([row(1), 'k2,x', row(3)], { on_invalid: 'skip' });
    expect(batch).toMatchObject({ refused: false, check: { rows: 3, valid: 2, invalid: 1 } });
    expect((await broken([row(1), 'k2,x'])).batch.refused).toBe(true);
  });

  it('refuses the batch when it is the header', async () => {
    const batch = await checkFile(`key,"phone,business_name\n${row(1)}`, { on_invalid: 'skip' });
    expect(batch).toMatchObject({ refused: true, rows: [] });
    expect(batch.check.problems).toEqual([
      expect.objectContaining({ row: 0, code: 'row_length', message: expect.stringContaining('line 1') }),
    ]);
  });
});
