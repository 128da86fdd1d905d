import { describe, expect, it } from '@jest/globals';
import { MAX_BYTES } from '../../domain/batch/problems.ts';
import { checkFile, HEADER, places, row } from './batch-support.ts';

const utf16le = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const utf16be = (text: string): Buffer => utf16le(text).swap16();
/** Windows-1252 has the euro and quotation marks where Latin-1 has control characters. */
const windows1252 = (text: string): Buffer =>
  Buffer.from(text.replaceAll('€', '\x80').replaceAll('“', '\x93').replaceAll('”', '\x94'), 'latin1');

/** As a Spanish Excel saves "CSV (delimitado por comas)". */
const SPANISH = [
  'Teléfono;Business Name;service_type;user_name;preferred_date;Metadata.Precio',
  '+54 11 4321 1234;Clínica “Ñandú”;dentista;Begoña;mañana, por la tarde;30 €',
  '+54 11 4321-1235;"Peluquería; y más";corte;Íñigo;;',
  '',
].join('\r\n');

describe('the file of a batch', () => {
  it('is read as a Spanish Excel saves it', async () => {
    const { check, rows, refused } = await checkFile(windows1252(SPANISH));
    expect(check).toMatchObject({
      rows: 2,
      valid: 2,
      problems: [],
      encoding: 'windows-1252',
      delimiter: ';',
      check: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(refused).toBe(false);
    expect(rows[0]).toMatchObject({
      row: 1,
      line: 2,
      status: 'valid',
      phone: '+541143211234',
      key: expect.stringMatching(/^row-[0-9a-f]{24}$/),
      request: {
        business: { name: 'Clínica “Ñandú”', phone: '+541143211234' },
        request: { service_type: 'dentista', user_name: 'Begoña', preferred_date: 'mañana, por la tarde' },
        metadata: { Precio: '30 €' },
      },
    });
    expect(rows[1]?.request?.business.name).toBe('Peluquería; y más');
    expect(rows[1]?.request?.metadata).toEqual({});
  });

  it.each([
    ['utf-8', Buffer.from(SPANISH)],
    ['utf-8', Buffer.from(`\ufeff${SPANISH}`)],
    ['utf-16le', utf16le(SPANISH)],
    ['utf-16be', utf16be(SPANISH)],
    // Programs write it without its mark, too.
    ['utf-16le', utf16le(SPANISH).subarray(2)],
    ['utf-16be', utf16be(SPANISH).subarray(2)],
    ['windows-1252', windows1252(SPANISH)],
  ])('means the same in %s', async (encoding, file) => {
    const { check, rows } = await checkFile(file);
    const plain = await checkFile(SPANISH);
    expect(check).toEqual({ ...plain.check, encoding });
    expect(rows).toEqual(plain.rows);
  });

  it.each(['\n', '\r', '\r\n'])('may end its lines with %j, and counts them', async (end) => {
    const text = [
      HEADER,
      row(1),
      '',
      '  ',
      ',,,,',
      `k2,+541143211002,"Consultorio${end}dos",dentista,Ana`,
      'k3,911,x,y,z',
    ];
    const batch = await checkFile(text.join(end));
    expect(batch.rows.map(({ row: n, line }) => [n, line])).toEqual([
      [1, 2],
      [2, 6],
      [3, 8],
    ]);
    expect(places(batch)).toEqual([[3, 8, 'phone', 'invalid_number']]);
    expect(batch.rows[1]?.request?.business.name).toBe(`Consultorio${end}dos`);
  });

  it.each([
    [',', `${HEADER}\nk1,+541143211234,"Sur; Norte; Este",dentista,Ana`],
    [';', `key;phone;business_name;service_type;user_name\nk1;+541143211234;Sur, Norte, Este y más;dentista;Ana`],
    ['\t', `key\tphone\tbusiness_name\tservice_type\tuser_name\nk1\t+541143211234\tSur, Norte; Este\tdentista\tAna`],
    [
      ';',
      `key;phone;business_name;service_type;user_name;"metadata.a,b,c,d,e,f,g"\nk1;+541143211234;Sur;dentista;Ana;x`,
    ],
    [';', `sep=;\r\nkey;phone;business_name;service_type;user_name\nk1;+541143211234;Sur;dentista;Ana`],
    [',', `"key", "phone" ,"business_name","service_type","user_name"\n"k1", "+541143211234","Sur",dentista , "Ana"`],
  ])('has the delimiter of its header: %j', async (delimiter, text) => {
    const { check, rows } = await checkFile(text);
    expect(check).toMatchObject({ valid: 1, problems: [], delimiter });
    expect(rows[0]?.request?.request).toEqual({ service_type: 'dentista', user_name: 'Ana' });
  });

  it('keeps cells whole that have quotes, delimiters and line breaks', async () => {
    const text = `${HEADER},special_requests\nk1,+541143211234,"El ""Sur"", SA",dentista,Ana,"uno;\r\ndos,\n""tres"""`;
    const { rows } = await checkFile(text);
    expect(rows[0]?.request).toMatchObject({
      business: { name: 'El "Sur", SA' },
      request: { special_requests: 'uno;\r\ndos,\n"tres"' },
    });
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\n1 0 obj', 'latin1'), /a PDF.*save it as CSV/],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00', 'latin1'), /xlsx.*save it as CSV/],
    ['an old workbook', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'), /xls.*save it as CSV/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /picture/],
    ['a page', '\ufeff <html><table><tr><td>phone', /web page/],
    ['JSON', '[{"phone":"+541143211234"}]', /send it as application\/json/],
    ['bytes with a zero', Buffer.from(`${HEADER}\n${row(1)}\0`), /bytes that no text has/],
    ['half a character of UTF-16', utf16le(SPANISH).subarray(0, -1), /UTF-16LE.*save it again/],
    ['broken UTF-8', Buffer.concat([Buffer.from(SPANISH), Buffer.from([0xc3])]), /broken characters.*save it again/],
    ['broken UTF-8 with its mark', Buffer.from('\xef\xbb\xbfphone\nCl\xed', 'latin1'), /broken characters/],
  ])('is unreadable when it is %s', async (_, file, words) => {
    const batch = await checkFile(file, { on_invalid: 'skip' });
    expect(places(batch)).toEqual([[0, undefined, 'file', 'unreadable']]);
    expect(batch.check.problems[0]?.message).toMatch(words);
    expect(batch).toMatchObject({ refused: true, rows: [] });
  });

  it.each(['', '\ufeff', '\n\n  \r\n', HEADER, `${HEADER}\r\n\r\n,,,,\r\n`])('is empty when it is %j', async (text) => {
    const batch = await checkFile(text, { on_invalid: 'skip' });
    expect(places(batch)).toEqual([[0, undefined, 'file', 'empty']]);
    expect(batch.refused).toBe(true);
  });

  it('has at most 64 columns', async () => {
    const wide = (columns: number): string => {
      const names = Array.from({ length: columns - 5 }, (_, n) => `metadata.m${n}`);
      return `${[HEADER, ...names].join()}\n${row(1)}${','.repeat(columns - 5)}`;
    };
    expect((await checkFile(wide(64))).check).toMatchObject({ valid: 1, problems: [] });
    const batch = await checkFile(wide(300), { on_invalid: 'skip' });
    expect(places(batch)).toEqual([[0, 1, 'file', 'too_many_columns']]);
    expect(batch.check.problems[0]?.message).toMatch(/300 columns.*64.*leave out/);
    expect(batch.refused).toBe(true);
  });

  it('has at most 10,000 rows and 10 MiB, however it comes', async () => {
    const rows = Array.from({ length: 10_001 }, (_, n) => `k${n},911`);
    await expect(checkFile(['key,phone', ...rows].join('\n'))).rejects.toThrow(/at most 10000 rows.*split/);
    expect((await checkFile(['key,phone', ...rows.slice(1)].join('\n'))).check.rows).toBe(10_000);
    const piece = Buffer.alloc(MAX_BYTES / 8, `${row(1)}\n`);
    let pulled = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (; ; pulled++) yield piece;
    }
    await expect(checkFile(endless())).rejects.toThrow(/at most 10 MiB.*split/);
    expect(pulled).toBe(8);
    await expect(checkFile(Buffer.alloc(MAX_BYTES + 1, 'a'))).rejects.toMatchObject({ name: 'BatchTooLarge' });
  });

  it('may come in any pieces', async () => {
    async function* pieces(): AsyncGenerator<Buffer> {
      for (const byte of Buffer.from(SPANISH)) yield Buffer.from([byte]);
    }
    expect(await checkFile(pieces())).toEqual(await checkFile(SPANISH));
  });

  it('takes 10,000 rows in seconds of processor time, and lets others work meanwhile', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => {
      const phone = `+54 11 4${String(300_000 + n).padStart(7, '0')}`;
      return `k${n};${phone};"Clínica ""Sur"" ${n}";dentista;Ana Pérez;mañana;consulta, de rutina;America/Argentina/Cordoba`;
    });
    const header = 'key;phone;business_name;service_type;user_name;preferred_date;special_requests;timezone';
    const file = windows1252([header, ...rows].join('\r\n'));
    const spent = (): number => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    let done = false;
    let longest = 0;
    let since = spent();
    const tick = (): void => {
      longest = Math.max(longest, spent() - since);
      since = spent();
      if (!done) setImmediate(tick);
    };
    setImmediate(tick);
    const begin = spent();
    const { check } = await checkFile(file);
    const took = spent() - begin;
    done = true;
    expect(check).toMatchObject({ rows: 10_000, valid: 10_000, problems: [] });
    expect(took).toBeLessThan(5_000);
    // Some 20 ms; a collection of garbage, or code that is compiled meanwhile, takes as much again.
    expect(longest).toBeLessThan(100);
  });
});
