import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acceptor } from '../../accepting/accept.ts';
import { Unavailable } from '../../delivery/gateway.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { bookingBody, type World, world } from '../api/support.ts';

let here: World;
let counted: string[];
beforeEach(async () => {
  here = await world({ settings: { allowedCountries: ['AR'], openBounds: { key: 2, number: 3 } } });
  counted = [];
});
afterEach(() => here.close());

const now = () => Date.parse('2026-11-25T12:00:00Z');
const request = (changes: object = {}) => bookingRequestSchema.parse({ ...bookingBody(), ...changes });
const accept = (asked: Parameters<ReturnType<typeof acceptor>>[0]) =>
  acceptor({ ...here.deps, counted: (how) => counted.push(how), now })(asked);

describe('a booking comes to be without HTTP', () => {
  it('with its row, its workflow and the view that is shown first', async () => {
    const accepted = await accept({ request: request(), owner: 'o' });
    expect(accepted).toMatchObject({
      how: 'created',
      view: { status: 'queued' },
      order: { business: { name: 'Clínica Dental Sur' } },
    });
    const { order } = accepted as { order: { id: string } };
    expect(here.gateway.started.map((input) => input.order.id)).toEqual([order.id]);
    expect(await here.records.booking(order.id)).toMatchObject({ owner: 'o', started: true });
  });

  it('once for a key, and starts what a lost start has left', async () => {
    here.gateway.down = true;
    await expect(accept({ request: request(), owner: 'o', key: 'k' })).rejects.toThrow(Unavailable);
    here.gateway.down = false;
    const [second, third] = [
      await accept({ request: request(), owner: 'o', key: 'k' }),
      await accept({ request: request(), owner: 'o', key: 'k' }),
    ];
    expect([second.how, third.how]).toEqual(['repeated', 'repeated']);
    expect(here.gateway.started).toHaveLength(1);
    expect(counted).toEqual(['created', 'repeated', 'repeated']);
  });

  it('once for a key, also when its last moment for a dial has passed since', async () => {
    const not_after = '2026-11-25T12:00:30Z';
    const first = await accept({ request: request({ not_after }), owner: 'o', key: 'k' });
    const later = acceptor({ ...here.deps, counted: () => {}, now: () => now() + 60_000 });
    const again = await later({ request: request({ not_after }), owner: 'o', key: 'k' });
    const id = (one: typeof first) => 'order' in one && one.order.id;
    expect([first.how, again.how, id(again)]).toEqual(['created', 'repeated', id(first)]);
    expect((await later({ request: request({ not_after }), owner: 'o', key: 'l' })).how).toBe('refused');
    expect((await later({ request: request({ not_after, language: 'en' }), owner: 'o', key: 'k' })).how).toBe(
      'conflict',
    );
  });

  it('with the public holidays that its calling window leaves out', async () => {
    here.deps.settings.holidays = (phone) => [phone === bookingBody().business.phone ? '2026-12-25' : ''];
    await accept({ request: request(), owner: 'o' });
    const window = here.gateway.started.at(-1)!.settings.calling_window;
    expect(window).toEqual({ from: 0, to: 1440, closed_days: ['2026-12-25'] });
  });

  it('and is found again under its key when days that it accepts have passed', async () => {
    const acceptable = { dates: [{ from: '2026-11-25', to: '2026-11-25' }] };
    const asked = { request: request({ request: { ...bookingBody().request, acceptable } }), owner: 'o', key: 'k' };
    expect((await accept(asked)).how).toBe('created');
    const tomorrow = acceptor({ ...here.deps, counted: () => {}, now: () => now() + 86_400_000 });
    expect((await tomorrow(asked)).how).toBe('repeated');
    expect((await tomorrow({ ...asked, key: 'other' })).how).toBe('refused');
  });

  it('and is found again under its key when its country is not called any more', async () => {
    const asked = { request: request(), owner: 'o', key: 'k' };
    const first = await accept(asked);
    const settings = { ...here.deps.settings, allowedCountries: ['UY'] };
    const later = acceptor({ ...here.deps, settings, counted: () => {}, now });
    const again = await later(asked);
    const id = (one: typeof first) => 'order' in one && one.order.id;
    expect([again.how, id(again)]).toEqual(['repeated', id(first)]);
    expect((await later({ ...asked, key: 'l' })).how).toBe('refused');
  });

  it('not for a country that is not dialed, another body under the same key, or one above the bound', async () => {
    const abroad = request({ business: { name: 'Clínica', phone: '+34911234567' } });
    expect(await accept({ request: abroad, owner: 'o' })).toEqual({
      how: 'refused',
      fields: [{ field: 'business.phone', message: expect.stringContaining('AR') }],
    });
    const past = { dates: [{ from: '2026-11-20', to: '2026-11-24' }] };
    expect(
      await accept({ request: request({ request: { ...bookingBody().request, acceptable: past } }), owner: 'o' }),
    ).toEqual({
      how: 'refused',
      fields: [{ field: 'request.acceptable.dates.0.to', message: expect.stringContaining('past') }],
    });
    const first = await accept({ request: request(), owner: 'o', key: 'k' });
    const { order } = first as { order: { id: string } };
    expect(await accept({ request: request({ language: 'en' }), owner: 'o', key: 'k' })).toEqual({
      how: 'conflict',
      booking_id: order.id,
    });
    await accept({ request: request(), owner: 'o' });
    expect(await accept({ request: request(), owner: 'o' })).toEqual({ how: 'too_many', of: 'key', most: 2 });
    expect(here.gateway.started).toHaveLength(2);
  });
});
