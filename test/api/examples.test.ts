import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleText } from '../../console/batches/sample.ts';
import { batchRequestSchema } from '../../domain/schemas/batch.ts';
import { shortlistRequestSchema } from '../../domain/schemas/shortlist.ts';
import { as, type World, world } from './support.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const send = (url: string, payload: string | Buffer, type = 'text/csv') =>
  w.app.inject({ method: 'POST', url, headers: { ...as('alice'), 'content-type': type }, payload });

/** The texts in single quotes, or in fences, that are JSON objects with such a field. */
const examplesIn = (page: string, field: string): string[] =>
  [...readFileSync(`docs/${page}`, 'utf8').matchAll(/-d '(\{[^']+\})'|```json\n(\{[\s\S]+?\})\n```/g)]
    .map((found) => (found[1] ?? found[2])!)
    .filter((text) => text.includes(`"${field}"`) && !text.includes('…'));

describe('the examples', () => {
  it.each([
    ['of the console, in English', sampleText('en'), ','],
    ['of the console, in Spanish', sampleText('es'), ';'],
    ['of the docs', readFileSync('docs/examples/batch.csv'), ';'],
  ])('%s: the table is accepted, with every row', async (_, table, delimiter) => {
    const checked = await send('/v1/batches/check', table);
    expect([checked.statusCode, checked.json()]).toMatchObject([
      200,
      { rows: 3, valid: 3, invalid: 0, duplicates: 0, problems: [], encoding: 'utf-8', delimiter },
    ]);
    const accepted = await send(`/v1/batches?start=held&check=${checked.json().check}`, table);
    expect([accepted.statusCode, accepted.json()]).toMatchObject([202, { status: 'held', counts: { waiting: 3 } }]);
    const { data } = (
      await w.app.inject({ url: `/v1/batches/${accepted.json().id}/rows`, headers: as('alice') })
    ).json();
    expect(data.map(({ phone }: { phone: string }) => phone.startsWith('+54'))).toEqual([true, true, true]);
  });

  it('of the docs, in JSON, are accepted: batches and shortlists', async () => {
    const [batch] = examplesIn('batches.md', 'rows');
    const [shortlist] = examplesIn('shortlists.md', 'candidates');
    // Their days are past some day, so not every one of their values is sent.
    expect(batchRequestSchema.safeParse(JSON.parse(batch!)).error).toBeUndefined();
    const { not_before: _, not_after: __, ...dateless } = JSON.parse(batch!);
    const accepted = await send('/v1/batches', JSON.stringify({ ...dateless, start: 'held' }), 'application/json');
    expect([accepted.statusCode, accepted.json()]).toMatchObject([202, { counts: { total: 1, waiting: 1 } }]);
    expect(shortlistRequestSchema.safeParse(JSON.parse(shortlist!)).error).toBeUndefined();
    const placed = await send('/v1/shortlists', shortlist!, 'application/json');
    expect([placed.statusCode, placed.json().candidates]).toMatchObject([202, [{}, {}, {}]]);
  });
});
