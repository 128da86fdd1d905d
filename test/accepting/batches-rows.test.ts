import { describe, expect, it } from '@jest/globals';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { checkFile, checkRows, HEADER, jsonRow, places, row } from './batch-support.ts';

const MADRID = { phone: '+34911234567', name: 'Sur' };

describe('the rows of a batch', () => {
  it('are what a booking accepts, with the defaults below them', async () => {
    const defaults = {
      request: { service_type: 'dentista', user_name: 'Ana' },
      language: 'es',
      metadata: { list: 'a', from: 'defaults' },
      escalation: { native: { max_attempts: 1 } },
    };
    const csv = `phone,business_name,user_name,language,metadata.from\n+541143211234,Sur,,,\n+541143211235,Norte,Luis,en,file`;
    const { rows, check } = await checkFile(csv, { defaults });
    expect(check.problems).toEqual([]);
    const asked = (business: object, user_name: string, language: string, from: string) =>
      bookingRequestSchema.parse({
        ...defaults,
        business,
        language,
        request: { service_type: 'dentista', user_name },
        metadata: { list: 'a', from },
      });
    expect(rows.map(({ request }) => request)).toEqual([
      asked({ phone: '+541143211234', name: 'Sur' }, 'Ana', 'es', 'defaults'),
      asked({ phone: '+541143211235', name: 'Norte' }, 'Luis', 'en', 'file'),
    ]);
  });

  it('give the same problems from a file and from JSON', async () => {
    const csv = [
      'phone,business_name,service_type,user_name,timezone',
      '"5,41143E+11",Sur,dentista,Ana,',
      '5.41143E+11,Sur,dentista,Ana,',
      '011 4321 1236,Sur,dentista,Ana,',
      '+541143211,Sur,dentista,Ana,',
      ',Sur,dentista,Ana,',
      '+541143211239,,dentista,,',
      '+541143211240,Sur,dentista,Ana,ART',
      `+541143211241,Sur,dentista,${'x'.repeat(1_001)},`,
      '+541143211242,Sur,dentista,Ana,',
      "'+54 11 4321-1242,Sur,limpieza,Ana,",
      '"=""+541143211243""",Sur,dentista,Ana,',
    ].join('\n');
    const codes = [
      [1, 'phone', 'excel_scientific'],
      [2, 'phone', 'excel_scientific'],
      [3, 'phone', 'missing_country'],
      [4, 'phone', 'invalid_number'],
      [5, 'phone', 'missing'],
      [6, 'business_name', 'missing'],
      [6, 'user_name', 'missing'],
      [7, 'timezone', 'unknown_timezone'],
      [8, 'user_name', 'too_long'],
      [10, 'phone', 'duplicate'],
    ];
    const file = await checkFile(csv);
    expect(file.check).toMatchObject({ rows: 11, valid: 2, invalid: 8, duplicates: 1 });
    expect(places(file)).toEqual(codes.map(([n, field, code]) => [n, Number(n) + 1, field, code]));
    for (const { message } of file.check.problems) expect(message).toMatch(/: |; /);

    const business = (phone: string, more = {}) => ({ name: 'Sur', phone, ...more });
    const request = { service_type: 'dentista', user_name: 'Ana' };
    const json = await checkRows([
      { business: business('5,41143E+11'), request },
      { business: business('5.41143E+11'), request },
      { business: business('011 4321 1236'), request },
      { business: business('+541143211'), request },
      { business: { name: 'Sur' }, request },
      { business: business('+541143211239', { name: ' ' }), request: { service_type: 'dentista', user_name: '' } },
      { business: business('+541143211240', { timezone: 'ART' }), request },
      { business: business('+541143211241'), request: { ...request, user_name: 'x'.repeat(1_001) } },
      { business: business('+541143211242'), request },
      { business: business("'+54 11 4321-1242"), request: { ...request, service_type: 'limpieza' } },
      { business: business('="+541143211243"'), request },
    ]);
    const inJson = (field: unknown): unknown => (field === 'business_name' ? 'name' : field);
    expect(places(json)).toEqual(codes.map(([n, field, code]) => [n, undefined, inJson(field), code]));
    expect(json.check).toMatchObject({ rows: 11, valid: 2, invalid: 8, duplicates: 1 });
  });

  it('never repair a number that lost digits, whatever the country', async () => {
    const { check, rows } = await checkFile('phone,business_name,service_type,user_name\n5.41143E+11,a,b,c', {
      default_country: 'AR',
    });
    expect(check.problems[0]).toMatchObject({
      code: 'excel_scientific',
      message: expect.stringMatching(/5\.41143E\+11.*as text/),
    });
    expect(rows[0]).toMatchObject({ status: 'invalid', phone: '5.41143E+11', request: undefined });
  });

  it('take the country of numbers without one from default_country', async () => {
    const rows = ['011 4321-1234', '11 4321 1235', '541143211236', '+34 911 234 567'];
    const { rows: read } = await checkRows(
      rows.map((phone) => ({ ...jsonRow(1), key: phone, business: { name: 'a', phone } })),
      { default_country: 'ar' },
    );
    expect(read.map(({ phone }) => phone)).toEqual(['+541143211234', '+541143211235', '+541143211236', '+34911234567']);
  });

  it('name the column as the file has it, and the nearest known one for an unknown one', async () => {
    const batch = await checkFile('Teléfono,bussiness_name,service_type,user_name,nombre\n911,Sur,dentista,Ana,x', {
      defaults: { business: { name: 'x' } },
      on_invalid: 'skip',
    });
    expect(places(batch)).toEqual([
      [0, 1, 'bussiness_name', 'unknown_column'],
      [0, 1, 'nombre', 'unknown_column'],
      [1, 2, 'Teléfono', 'invalid_number'],
    ]);
    expect(batch.check.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('nearest known one is business_name'),
      expect.stringContaining('nearest known one is user_name'),
      expect.any(String),
    ]);
    expect(batch.refused).toBe(true);
  });

  it('refuse unknown fields of JSON, and columns twice', async () => {
    const json = await checkRows(
      [
        { ...jsonRow(1), telefono: '+541143211234' },
        { ...jsonRow(2), request: { ...jsonRow(2).request, servicetype: 'x' } },
        { ...jsonRow(3), ...Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x${n}`, 1])) },
        'text',
        null,
        { ...jsonRow(6), business: { name: 'a', phone: 541143211234 } },
      ],
      { on_invalid: 'skip' },
    );
    expect(json.refused).toBe(true);
    expect(json.check.problems[0]).toMatchObject({ row: 1, field: 'telefono', code: 'unknown_column' });
    expect(json.check.problems[0]?.message).toContain('business.phone');
    expect(json.check.problems[1]).toMatchObject({ row: 2, field: 'servicetype' });
    expect(json.check.problems[1]?.message).toContain('request.service_type');
    const third = json.check.problems.filter((problem) => problem.row === 3);
    expect(third).toHaveLength(11);
    expect(third.at(-1)?.message).toContain('20 more');
    expect(json.check.problems.slice(-3)).toMatchObject([
      { row: 4, field: 'row', code: 'invalid' },
      { row: 5, field: 'row', code: 'invalid' },
      { row: 6, field: 'phone', code: 'invalid_number', message: 'must be text' },
    ]);
    const twice = await checkFile(`${HEADER},tel\n${row(1)},x`, { on_invalid: 'skip' });
    expect(places(twice)).toEqual([[0, 1, 'tel', 'duplicate']]);
    expect(twice.refused).toBe(true);
  });

  it('name a column that the file should have as a file has it', async () => {
    const batch = await checkFile('phone,timezone\n+541143211001,');
    expect(places(batch)).toEqual([
      [1, 2, 'business_name', 'missing'],
      [1, 2, 'service_type', 'missing'],
      [1, 2, 'user_name', 'missing'],
    ]);
  });

  it('take null for a missing text, and a long name of metadata for a long text', async () => {
    const none = { business: { name: null, phone: null }, request: { service_type: 'x', user_name: null } };
    const long = { ...jsonRow(2), metadata: { ['n'.repeat(101)]: 'x' } };
    const batch = await checkRows([none, long, { ...jsonRow(3), language: null }, { business: null, request: null }]);
    expect(places(batch)).toEqual([
      [1, undefined, 'name', 'missing'],
      [1, undefined, 'phone', 'missing'],
      [1, undefined, 'user_name', 'missing'],
      [2, undefined, 'n'.repeat(101), 'too_long'],
      [3, undefined, 'language', 'invalid'],
      [4, undefined, 'business', 'missing'],
      [4, undefined, 'request', 'missing'],
    ]);
  });

  it('are not followed to any depth', async () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const { check } = await checkRows([{ ...jsonRow(1), metadata: deep }, jsonRow(2)], { on_invalid: 'skip' });
    expect(check).toMatchObject({ valid: 1, invalid: 1, problems: [{ row: 1, field: 'row', code: 'invalid' }] });
  });

  it('have a cell without a column refused, and empty columns passed over', async () => {
    const batch = await checkFile(`${HEADER},,\n${row(1)},,\n${row(2)},x,`);
    expect(places(batch)).toEqual([[2, 3, 'row', 'unknown_column']]);
    expect(batch.check).toMatchObject({ valid: 1, invalid: 1 });
  });

  it('keep the installation’s rules', async () => {
    const { check } = await checkRows(
      [jsonRow(1), { ...jsonRow(2), business: MADRID }, { ...jsonRow(3), callback_url: 'http://10.0.0.1/' }],
      { installation: { allowedCountries: ['AR'] } },
    );
    expect(check.problems).toMatchObject([
      { row: 2, field: 'phone', code: 'invalid_number', message: expect.stringContaining('ALLOWED_COUNTRIES') },
      { row: 3, field: 'callback_url', code: 'invalid' },
    ]);
  });
});

describe('the window of a batch', () => {
  const times = async (own: object, batch: Record<string, unknown>, business: object = jsonRow(1).business) => {
    const { rows, check } = await checkRows([{ ...jsonRow(1), ...own, business }], batch);
    const { not_before, not_after } = rows[0]?.request ?? {};
    return check.problems.length > 0 ? check.problems : { not_before, not_after };
  };

  it('holds for a row in its zone, and narrows its own', async () => {
    const batch = { not_before: '2026-12-01T09:00', not_after: '2026-12-05T18:00' };
    expect(await times({}, batch)).toEqual(batch);
    // 09:00 in Buenos Aires is 12:00 UTC.
    expect(await times({ not_before: '2026-12-01T11:59Z' }, batch)).toEqual(batch);
    const later = { not_before: '2026-12-01T12:01Z', not_after: '2026-12-05T20:59Z' };
    expect(await times(later, batch)).toEqual(later);
    expect(await times({ not_after: '2026-12-06T00:00Z' }, batch)).toEqual(batch);
    expect(await times({ not_after: '2026-12-01T08:00' }, batch)).toMatchObject([
      { field: 'not_after', code: 'invalid' },
    ]);
  });

  it('is refused for a number that may be in several zones, unless a zone is given', async () => {
    const batch = { not_before: '2026-12-01T09:00' };
    expect(await times({}, batch, MADRID)).toMatchObject([
      { row: 1, field: 'timezone', code: 'unknown_timezone', message: expect.stringContaining('Europe/Madrid') },
    ]);
    expect(await times({}, batch, { ...MADRID, timezone: 'Europe/Madrid' })).toEqual({
      ...batch,
      not_after: undefined,
    });
    expect(await times({}, { not_before: '2026-12-01T09:00+01:00' }, MADRID)).toMatchObject({
      not_before: '2026-12-01T09:00+01:00',
    });
  });
});

describe('rows twice', () => {
  const csv = [
    'phone,business_name,service_type,user_name,key',
    '+54 11 4321 1234,Sur,dentista,Ana,',
    '(011) 4321-1234,Sur,limpieza,Ana,',
    '+541143211234,Sur,dentista,Ana,',
    '+541143211235,Norte,dentista,Ana,a',
    '+541143211236,Este,dentista,Ana,a',
  ].join('\n');
  const country = { default_country: 'AR' };

  it('are found by number in two spellings, and by key', async () => {
    const batch = await checkFile(csv, country);
    expect(places(batch)).toEqual([
      [2, 3, 'phone', 'duplicate'],
      [3, 4, 'phone', 'duplicate'],
      [5, 6, 'key', 'duplicate'],
    ]);
    expect(batch).toMatchObject({ refused: true, check: { rows: 5, valid: 2, invalid: 0, duplicates: 3 } });
    expect(batch.rows[1]).toMatchObject({ status: 'duplicate', repeats: { of: 'number', row: 1 } });
    expect(batch.rows[1]?.reasons).toMatchObject([{ code: 'duplicate', message: expect.stringContaining('row 1') }]);
    expect((await checkFile(csv, { ...country, duplicates: 'skip' })).refused).toBe(false);
  });

  it('are allowed by number, never by key', async () => {
    const batch = await checkFile(csv, { ...country, duplicates: 'allow' });
    expect(places(batch)).toEqual([
      [3, 4, 'row', 'duplicate'],
      [5, 6, 'key', 'duplicate'],
    ]);
    expect(batch).toMatchObject({ refused: true, check: { valid: 3, duplicates: 2 } });
    expect(batch.rows[2]?.repeats).toEqual({ of: 'key', row: 1 });
  });

  it('are known from the batch to which rows are added', async () => {
    const known = { keys: ['k1'], numbers: ['+541143211002'] };
    const { rows } = await checkRows([jsonRow(1), jsonRow(2), jsonRow(3)], { known });
    expect(rows.map(({ status, repeats }) => [status, repeats])).toEqual([
      ['duplicate', { of: 'key', row: undefined }],
      ['duplicate', { of: 'number', row: undefined }],
      ['valid', undefined],
    ]);
  });

  it('have the same made key, in whatever order and spelling', async () => {
    const keysOf = async (text: string) =>
      (await checkFile(`phone,business_name,service_type,user_name,preferred_date\n${text}`)).rows.map(
        ({ key }) => key,
      );
    const [a, b] = await keysOf('+541143211234,Sur,dentista,Ana,mañana\n+541143211235,Sur,dentista,Ana,mañana');
    expect(await keysOf('+541143211235,Norte,Dentista,ana,mañana\n+54 11 4321 1234,x, dentista ,Ana,mañana')).toEqual([
      b,
      a,
    ]);
    expect(await keysOf('+541143211234,Sur,dentista,Ana,lunes')).not.toEqual([a]);
  });
});

describe('the digest of a check', () => {
  const digest = async (rows: unknown[], changes = {}) => (await checkRows(rows, changes)).check.check;

  it('covers rows, defaults and default_country, and nothing else', async () => {
    const rows = [jsonRow(1), jsonRow(2)];
    const first = await digest(rows);
    expect(await digest([{ request: jsonRow(1).request, business: jsonRow(1).business, key: 'k1' }, rows[1]])).toBe(
      first,
    );
    expect(await digest(rows, { max_concurrent: 9, name: 'x', on_invalid: 'skip', check: first })).toBe(first);
    const others = [
      await digest([rows[1], rows[0]]),
      await digest([rows[0]]),
      await digest(rows, { defaults: { language: 'es' } }),
      await digest(rows, { default_country: 'AR' }),
      await digest([rows[0], { ...rows[1], metadata: { a: 'b' } }]),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });

  it('differs when a broken row differs', async () => {
    const of = async (line: string) => (await checkFile(`${HEADER}\n${line}`)).check.check;
    expect(await of('"a,b')).not.toBe(await of('"a,c'));
    expect(await of('a,b')).not.toBe(await of('a,c'));
  });
});
