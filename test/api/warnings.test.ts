import { afterEach, expect, it } from '@jest/globals';
import { as, bookingBody, finish, type World, world } from './support.ts';

let w: World;
afterEach(() => w.close());

const WARNINGS = [
  {
    field: 'language',
    message: 'will not be spoken: the agent does not speak it, only "es", "en"; talks are held in "es"',
  },
];

const start = async () => {
  w = await world({
    deps: {
      languageInstead: (language) =>
        language === 'fr' ? { language: 'es', because: 'the agent does not speak it, only "es", "en"' } : undefined,
    },
  });
};

const place = (language: string) =>
  w.app.inject({
    method: 'POST',
    url: '/v1/bookings',
    headers: { ...as('alice'), 'idempotency-key': 'k1' },
    payload: { ...bookingBody(), language },
  });

it('a language that the agent does not speak is told with the booking, and with the order while it is open', async () => {
  await start();
  const placed = await place('fr');
  expect([placed.statusCode, placed.json().warnings]).toEqual([202, WARNINGS]);
  const again = await place('fr');
  expect([again.statusCode, again.json().warnings]).toEqual([200, WARNINGS]);
  const { id } = placed.json();
  const read = async (query = '') =>
    (await w.app.inject({ url: `/v1/bookings/${id}${query}`, headers: as('alice') })).json();
  expect((await read('?include=order')).warnings).toEqual(WARNINGS);
  expect(await read()).not.toHaveProperty('warnings');
  await finish(w, id);
  expect(await read('?include=order')).not.toHaveProperty('warnings');
});

it('one that it speaks is not', async () => {
  await start();
  expect((await place('en')).json()).not.toHaveProperty('warnings');
});
