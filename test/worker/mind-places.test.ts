import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { iso } from '../../domain/iso.ts';
import { mindPlaces } from '../../worker/mind-places.ts';
import { START, type World, world } from '../activities/world.ts';
import { orderOf } from '../records/samples.ts';
import { until } from '../support/until.ts';

const GATE = 'twilio';
const MINUTE = 60_000;

let here: World;
let minding: ReturnType<typeof mindPlaces>;
/** Bookings that were signaled; while `away`, their signals are lost. */
let told: string[];
let away: boolean;

beforeEach(async () => {
  told = [];
  away = false;
  here = await world({
    async lineHanded(bookingId) {
      if (away) throw new Error('Temporal is away');
      told.push(bookingId);
      return 'told';
    },
  });
});
afterEach(async () => {
  await minding.stop();
  await here.end();
});

async function booking(id: string): Promise<string> {
  await here.deps.records.acceptBooking({ order: orderOf(id), owner: 'owner' });
  await here.deps.records.markStarted(id);
  return id;
}

/** The only place is taken for a minute; the next booking waits for it. */
async function waiting(): Promise<string> {
  const take = async (booking_id: string) => {
    const line = { line_id: `line-${booking_id}`, booking_id, now: iso(START), until: iso(START + MINUTE) };
    const places = { call_id: `${booking_id}.1`, batch: null, wanted: [{ gate: GATE, count: 1, most: 1 }] };
    return (await here.deps.records.takeLine({ ...line, places })).taken;
  };
  const [holder, next] = [await booking('bk_holder'), await booking('bk_next')];
  expect([await take(holder), await take(next)]).toEqual([true, false]);
  return next;
}

const warned = (): string[] => here.logged.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('the look at places, round after round', () => {
  it('gives a place whose time has passed to the next, and signals again until it is taken up', async () => {
    const next = await waiting();
    minding = mindPlaces(here.deps, 5);
    away = true;
    await here.clock.sleep(MINUTE);
    await until(async () => warned().length > 0);
    expect(warned()[0]).toBe('could not signal lineHanded: it will be repeated');
    away = false;
    // Not at once: a booking may be taking it up.
    await here.clock.sleep(MINUTE / 2);
    await until(async () => told.length > 0);
    expect(told).toEqual([next]);
  });

  it('goes on after a fault of the database', async () => {
    const next = await waiting();
    const { records } = here.deps;
    let faults = 0;
    here.deps.records = {
      ...records,
      async mindPlaces(...given) {
        if (++faults <= 2) throw new Error('the database is away');
        return records.mindPlaces(...given);
      },
    };
    await here.clock.sleep(MINUTE);
    minding = mindPlaces(here.deps, 5);
    await until(async () => told.length > 0);
    expect(told).toEqual([next]);
    expect(warned()).toEqual(Array(2).fill('could not look for bookings that have not heard of their turn'));
  });

  it('stops with its last round, also in the middle of a pause', async () => {
    let [begun, ended] = [0, 0];
    const { records } = here.deps;
    here.deps.records = {
      ...records,
      async mindPlaces(...given) {
        begun += 1;
        const handed = await records.mindPlaces(...given);
        ended += 1;
        return handed;
      },
    };
    minding = mindPlaces(here.deps, 1);
    await until(async () => begun > 2);
    await minding.stop();
    const rounds = begun;
    expect(ended).toBe(rounds);
    minding = mindPlaces(here.deps, 3_600_000);
    await minding.stop();
    expect(begun).toBe(rounds);
  });
});
