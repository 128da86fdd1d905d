import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bare, columnAt, columnOf, isKnownColumn } from '../../domain/batch/columns.ts';
import { columnNameOf, indexOfPlace, readHeader } from '../../domain/batch/header.ts';
import { isTooDeep, merged } from '../../domain/batch/merge.ts';
import { nearest } from '../../domain/batch/nearest.ts';
import { MAX_COLUMNS, refusesAll, tooManyBytes, tooManyRows } from '../../domain/batch/problems.ts';
import { readRow } from '../../domain/batch/read-row.ts';
import { NOT_AFTER, reasonOfStatus, reasonOfWords, wordsOf } from '../../domain/batch/reasons.ts';
import { rowOfCells } from '../../domain/batch/row-of-cells.ts';

const headerOf = (...names: string[]) => readHeader(names, 1);

describe('the name of a column', () => {
  it.each([
    ['Teléfono', ['business', 'phone']],
    ['PHONE NUMBER', ['business', 'phone']],
    ['business-name', ['business', 'name']],
    ['\ufeffkey', ['key']],
    [' preferred_date ', ['request', 'preferred_date']],
    ['language', ['language']],
    ['metadata.ref', ['metadata', 'ref']],
    ['Metadata . Mi Campo ', ['metadata', 'Mi Campo']],
  ])('%s is read whatever its case, marks and blanks', (name, path) => {
    expect(columnOf(name)).toMatchObject({ path });
    expect(isKnownColumn(name)).toBe(true);
  });

  it.each([
    ['nombre', 'user_name'],
    ['celular', 'phone'],
    ['negocio', 'business_name'],
    ['servicetype2', 'service_type'],
  ])('%s is never guessed, but the nearest one is named: %s', (name, likely) => {
    expect(columnOf(name)).toMatchObject({
      code: 'unknown_column',
      message: expect.stringContaining(`one is ${likely}:`),
    });
    expect(isKnownColumn(name)).toBe(false);
  });

  it('of metadata is no way to an object’s prototype, and is at most a hundred characters long', () => {
    expect(columnOf('metadata.__proto__')).toMatchObject({ code: 'unknown_column' });
    expect(columnOf('metadata.')).toMatchObject({ code: 'unknown_column' });
    expect(columnOf(`metadata.${'x'.repeat(100)}`)).toHaveProperty('path');
    expect(columnOf(`metadata.${'x'.repeat(101)}`)).toMatchObject({
      code: 'too_long',
      message: expect.stringContaining('100'),
    });
  });

  it('may be missing, and then has no place', () => {
    expect(columnOf(' \u200b')).toEqual({ name: '' });
    expect(isKnownColumn('')).toBe(false);
  });

  it('is known for a place in a booking’s request', () => {
    expect([columnAt(['business', 'name']), columnAt(['nowhere'])]).toEqual(['business_name', undefined]);
    expect(bare('Teléfono de la Clínica 2')).toBe('telefonodelaclinica2');
  });
});

describe('the header of a file', () => {
  it('has each column once: of two with one meaning the second is a fault, and is passed over', () => {
    const header = headerOf('phone', 'Teléfono', 'user_name');
    expect(header.problems).toMatchObject([{ row: 0, line: 1, field: 'Teléfono', code: 'duplicate' }]);
    expect(header.problems[0]!.message).toContain('the column phone');
    expect(header.columns).toMatchObject([{ name: 'phone' }, { name: 'Teléfono', ignored: true }, {}]);
    expect(header.columns[2]).not.toHaveProperty('ignored');
  });

  it('names its unknown columns, whose cells are passed over', () => {
    const header = headerOf('phone', 'celular');
    expect(header.problems).toMatchObject([{ row: 0, field: 'celular', code: 'unknown_column' }]);
    expect(rowOfCells(['+1', 'x'], header)).toEqual({ given: { business: { phone: '+1' } }, fault: undefined });
  });

  it('has at most so many columns', () => {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `metadata.n${n}`);
    expect(headerOf(...names(MAX_COLUMNS)).problems).toEqual([]);
    expect(headerOf(...names(MAX_COLUMNS + 1))).toMatchObject({
      columns: [],
      problems: [{ field: 'file', code: 'too_many_columns' }],
    });
  });

  it('gives faults of a row the name that the file has for the field', () => {
    const header = headerOf('key', 'Teléfono');
    expect(indexOfPlace(header, ['business', 'phone'])).toBe(1);
    expect(indexOfPlace(header, ['business', 'name'])).toBe(-1);
    expect(columnNameOf(header, ['business', 'phone'])).toBe('Teléfono');
    expect(columnNameOf(header, ['business', 'name'])).toBe('business_name');
    expect(columnNameOf(header, ['agent', 'prompt'])).toBe('prompt');
    expect(columnNameOf(header, [])).toBe('row');
  });
});

describe('the cells of a row', () => {
  const header = headerOf('key', 'phone', 'business_name', '');
  it('go to their places, and blank ones are left out so that defaults hold', () => {
    expect(rowOfCells(['k1', '+541143211234', ' ', ''], header)).toEqual({
      given: { key: 'k1', business: { phone: '+541143211234' } },
      fault: undefined,
    });
    expect(rowOfCells(['', '+1', 'Sur', ''], header).given).toEqual({ business: { phone: '+1', name: 'Sur' } });
  });

  it('are as many as the header has, and none stands under a column without a name', () => {
    expect(rowOfCells(['k1', '+1', 'Sur'], header)).toMatchObject({
      fault: { path: ['row'], code: 'row_length', message: expect.stringContaining('3 cells, and the header has 4') },
    });
    expect(rowOfCells(['k1', '+1', 'Sur', 'x'], header)).toMatchObject({
      given: { key: 'k1' },
      fault: { path: ['row'], code: 'unknown_column', message: expect.stringContaining('column 4') },
    });
  });
});

describe('a row over its defaults', () => {
  it('wins member by member, replaces lists, and changes neither', () => {
    const base = { a: 1, list: [1, 2], in: { x: 1, y: 2 } };
    const over = { list: [3], in: { y: 3 }, a: undefined, b: null };
    expect(merged(base, over)).toEqual({ a: 1, list: [3], in: { x: 1, y: 3 }, b: null });
    expect(base).toEqual({ a: 1, list: [1, 2], in: { x: 1, y: 2 } });
    expect(merged({ in: 1 }, { in: { y: 1 } })).toEqual({ in: { y: 1 } });
    expect(merged({ in: { y: 1 } }, { in: [1] })).toEqual({ in: [1] });
  });

  it('has at most sixteen levels', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
    expect([isTooDeep(nested(16)), isTooDeep(nested(17)), isTooDeep(null), isTooDeep([])]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  const row = { business: { name: 'Sur', phone: '011 4321-1234' }, request: { user_name: 'Ana' } };
  const defaults = { request: { service_type: 'dentista' } };

  it('is a request that a booking accepts', () => {
    const read = readRow({ key: 'k1', ...row }, { defaults, default_country: 'AR' });
    expect(read).toMatchObject({
      key: 'k1',
      number: '+541143211234',
      written: '011 4321-1234',
      faults: [],
      request: { business: { phone: '+541143211234' }, request: { service_type: 'dentista', user_name: 'Ana' } },
    });
  });

  it('has all of its faults at once, and then no request', () => {
    const read = readRow({ key: '', business: { phone: '12' }, color: 1 }, {});
    expect(read.request).toBeUndefined();
    expect(read.faults.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual(
      expect.arrayContaining([
        'business.phone invalid_number',
        'business.name missing',
        'request.service_type missing',
        'request.user_name missing',
        'color unknown_column',
      ]),
    );
    expect(read.faults.filter(({ path }) => path[0] === 'key')).toHaveLength(1);
  });

  it('is no request either with a fault in its number alone', () => {
    const read = readRow(row, { defaults });
    expect(read.faults).toMatchObject([{ path: ['business', 'phone'], code: 'missing_country' }]);
    expect([read.request, read.number, read.written]).toEqual([undefined, undefined, '011 4321-1234']);
  });

  it.each([7, null, 'x', [row]])('is an object: %j is refused', (given) => {
    expect(readRow(given, {}).faults).toMatchObject([{ path: ['row'], code: 'invalid' }]);
  });

  it('names ten unknown fields, and counts the others', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`field${n}`, n]));
    const faults = readRow({ ...row, ...many }, { defaults, default_country: 'AR' }).faults;
    expect(faults).toHaveLength(11);
    expect(faults.at(-1)!.message).toBe('has 2 more unknown fields');
  });
});

describe('the nearest name', () => {
  const names = ['phone', 'user_name', 'key'];
  it('is the one with the fewest letters to change, or one that is a part of it', () => {
    expect(nearest('fone', names)).toBe('phone');
    expect(nearest('phonenumber', names)).toBe('phone');
    expect(nearest('kye', names)).toBe('key');
    expect(nearest('user-name', names)).toBe('user_name');
    expect(nearest('x', [])).toBe('');
  });

  it('of a name that is among them is that name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(), (all, at) => {
        const name = all[at % all.length]!;
        expect(nearest(name, all)).toBe(name);
      }),
    );
  });
});

describe('the faults of a batch', () => {
  it('refuse it as a whole where its table is not understood', () => {
    expect(refusesAll({ row: 0, code: 'duplicate' })).toBe(true);
    expect(refusesAll({ row: 3, code: 'unknown_column' })).toBe(true);
    expect(refusesAll({ row: 3, code: 'invalid_number' })).toBe(false);
  });

  it('say how much is too much', () => {
    expect(tooManyRows().message).toContain('10000 rows');
    expect(tooManyBytes().message).toContain('10 MiB');
    expect(tooManyRows().name).toBe('BatchTooLarge');
  });

  it('are one line of words; without any there is no line', () => {
    const reasons = [{ code: 'invalid', field: 'phone', message: 'is wrong' } as const, NOT_AFTER];
    expect(wordsOf(reasons)).toBe('phone is wrong; its not_after came before its turn');
    expect(wordsOf([])).toBeUndefined();
  });

  it('are known again by their words, and other words are kept', () => {
    expect(reasonOfWords(NOT_AFTER.message)).toBe(NOT_AFTER);
    expect(reasonOfWords('hm')).toEqual({ code: 'other', message: 'hm' });
    expect(reasonOfStatus('expired')).toMatchObject({ code: 'expired' });
    expect(reasonOfStatus('completed')).toBeUndefined();
  });
});
