import { afterEach, describe, expect, it } from '@jest/globals';
import type { ApiSettings } from '../../api/deps.ts';
import { bookingBody, type World, world } from './support.ts';

let w: World;
afterEach(() => w.close());

async function refused(phone: string, settings: Partial<ApiSettings> = {}, language?: string) {
  w = await world({ settings });
  const body = bookingBody();
  const answer = await w.app.inject({
    method: 'POST',
    url: '/v1/bookings',
    headers: { authorization: 'Bearer alice', ...(language && { 'accept-language': language }) },
    payload: { ...body, business: { ...body.business, phone } },
  });
  expect(answer.statusCode).toBe(422);
  const { errors } = answer.json() as { errors: { field: string; message: string; suggestions?: string[] }[] };
  expect(errors.map(({ field }) => field)).toEqual(['business.phone']);
  return errors[0]!;
}

describe('a number that is not E.164 is refused with what may have been meant', () => {
  it.each([
    ['+54 11 4321 1234', '+541143211234'],
    ['+54 (0)11 4321-1234', '+541143211234'],
    ['+540114321 1234', '+541143211234'],
    ['+54 11 15 4321 1234', '+5491143211234'],
    ['0054 11 4321 1234', '+541143211234'],
    ['+54111512345678', '+5491112345678'],
    ['+4402071234567', '+442071234567'],
    ['+5215512345678', '+525512345678'],
  ])('by its own country code: %s', async (typed, meant) => {
    const { message, suggestions } = await refused(typed);
    expect(suggestions).toEqual([meant]);
    expect(message).toMatch(`did you mean ${meant}?`);
  });

  it('by the country of the client’s language', async () => {
    const { message, suggestions } = await refused('011 4321-1234', {}, 'es-AR,es;q=0.9,en;q=0.8');
    expect(suggestions).toEqual(['+541143211234']);
    expect(message).toMatch('did you mean +541143211234?');
  });

  it('by the countries that are dialed, and no others', async () => {
    const settings = { allowedCountries: ['ES', 'AR'], homeCountry: 'US' };
    expect((await refused('020 7946 0018', settings, 'en-GB')).suggestions).toBeUndefined();
    await w.close();
    expect((await refused('912 34 56 78', settings)).suggestions).toEqual(['+34912345678']);
  });

  it('by the country of our own number, and by more than one where more fit', async () => {
    const { message, suggestions } = await refused('0221 427 1234', { homeCountry: 'AR' }, 'de-DE');
    expect(suggestions).toEqual(['+492214271234', '+542214271234']);
    expect(message).toMatch('did you mean +492214271234 or +542214271234?');
  });

  it('not where nothing is known of its country, nor where it may not be dialed', async () => {
    expect((await refused('011 4321-1234')).suggestions).toBeUndefined();
    await w.close();
    expect((await refused('0900 123456', { homeCountry: 'DE' })).suggestions).toBeUndefined();
  });
});
