import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MESSAGE_SCHEMAS } from '../../domain/schemas/client-messages.ts';
import { type Described, described, filled, operationsOf, type Schema } from './described.ts';
import { as, bookingBody, type World, world } from './support.ts';

let w: World;
let document: Described;
beforeEach(async () => {
  w = await world();
  document = await described(w);
});
afterEach(() => w.close());

/** Paths of all members without a description. */
function undescribed(where: string, schema: Schema): string[] {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    ...(member.description || member.$ref ? [] : [`${where}.${name}`]),
    ...undescribed(`${where}.${name}`, member),
  ]);
  const parts = [schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? [], schema.allOf ?? []].flat();
  return [...members, ...parts.flatMap((part) => undescribed(where, part))];
}

describe('the API’s description', () => {
  it('says of every field and parameter what it means', () => {
    const fields = Object.entries(document.components.schemas).flatMap(([name, schema]) => undescribed(name, schema));
    const parameters = operationsOf(document).flatMap(({ call, operation: { parameters = [] } }) =>
      parameters.filter(({ description }) => !description).map(({ name }) => `${call}: ${name}`),
    );
    expect([...fields, ...parameters]).toEqual([]);
  });

  it('has every message to a client, with its headers, and every schema that it names', () => {
    expect(Object.keys(document.webhooks).toSorted()).toEqual(Object.keys(MESSAGE_SCHEMAS).toSorted());
    for (const { post } of Object.values(document.webhooks))
      expect(post.parameters!.map(({ name }) => name)).toEqual([
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ]);
    const named = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it.each([
    ['/v1/bookings/{id}/events', 'BookingEvent'],
    ['/v1/batches/{id}/events', 'BatchEvent'],
    ['/v1/shortlists/{id}/events', 'ShortlistEvent'],
  ])('has a schema for the events of %s', (path, name) => {
    const { schema } = document.paths[path]!.get!.responses['200']!.content!['text/event-stream']!;
    expect(schema).toEqual({ $ref: `#/components/schemas/${name}` });
  });
});

describe('the reference', () => {
  it('shows every endpoint, message and schema to people and to programs, once', async () => {
    const page = (await w.app.inject('/docs')).body;
    const text = (await w.app.inject('/docs.md')).body;
    const index = (await w.app.inject('/llms.txt')).body;
    const calls = [...operationsOf(document).map(({ call }) => call), ...Object.keys(document.webhooks)];
    for (const call of calls) {
      expect(text.split(`\n### ${call}\n`)).toHaveLength(2);
      expect(index).toContain(`\`${call}\``);
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(operationsOf(document).map(({ operation }) => operation.operationId)));
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(document.components.schemas).map((name) => `schema-${name}`)),
    );
  });

  it('is open, loads nothing, and runs nothing', async () => {
    const page = await w.app.inject('/docs');
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(page.body).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
  });
});

describe('a query parameter that an endpoint does not have', () => {
  it.each([
    ['/v1/bookings?stauts=completed', 'stauts', 'status'],
    ['/v1/bookings/bk_1?includes=order', 'includes', 'include'],
    ['/v1/batches?state=paused', 'state', 'status'],
    ['/v1/shortlists?max=5', 'max', 'limit'],
    ['/v1/bookings/bk_1/transcript?call=bk_1.1', 'call', 'call_id'],
    ['/v1/numbers?typed=011&country=AR', 'country', 'typed'],
  ])('is refused in %s, with those that it has', async (url, field, known) => {
    const answer = await w.app.inject({ url, headers: as('alice') });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([
      { field, message: expect.stringMatching(new RegExp(`^is not a parameter of this endpoint: .*\\b${known}\\b`)) },
    ]);
  });

  it('is refused in every endpoint for clients', async () => {
    const batch = (
      await w.app.inject({
        method: 'POST',
        url: '/v1/batches',
        headers: as('alice'),
        payload: {
          rows: [{ ...bookingBody(), key: 'a', request: { service_type: 'x', user_name: 'x' } }],
          start: 'held',
        },
      })
    ).json();
    expect(batch).toMatchObject({ id: expect.any(String) });
    const calls = operationsOf(document).filter(({ path }) => path.startsWith('/v1/'));
    expect(calls.length).toBeGreaterThan(40);
    for (const { call, method, path } of calls) {
      const answer = await w.app.inject({
        method: method as 'GET',
        url: `${filled(path, { id: batch.id })}?unheard=1`,
        headers: as('olga'),
        ...(['POST', 'PATCH'].includes(method) && { payload: { rows: [] } }),
      });
      expect([call, answer.statusCode, answer.json().errors]).toEqual([
        call,
        422,
        [{ field: 'unheard', message: expect.stringMatching(/^is not/) }],
      ]);
    }
  });

  it('is let pass where a provider may add one', async () => {
    const answer = await w.app.inject({ method: 'POST', url: '/webhook/voice/status?call_id=x&added=1' });
    expect(answer.statusCode).not.toBe(422);
  });
});
