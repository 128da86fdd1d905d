import { Gauge, type Registry } from 'prom-client';
import { gateOf } from '../domain/batch/lifecycle.ts';
import { PROVIDERS, type Provider } from '../domain/channels.ts';
import type { PlaceRecords } from '../records/ports/places.ts';
import { keptCount } from './kept-count.ts';

const OF_BATCH = gateOf('');

/** Places in line, and the bookings that wait for one. Batches are summed up: there may be any number of them. */
export function placeMetrics(
  register: Registry,
  records: Pick<PlaceRecords, 'slotsTaken' | 'countWaiting'>,
  most: Partial<Record<Provider, number | undefined>> = {},
): void {
  const registers = [register];
  new Gauge({
    name: 'vocero_places_taken',
    help: 'Places that calls take, by gate: a provider with a limit, or all batches together',
    labelNames: ['gate'],
    registers,
    async collect() {
      const taken = await records.slotsTaken(new Date().toISOString()).catch(() => undefined);
      this.reset();
      if (!taken) return;
      for (const provider of PROVIDERS) this.set({ gate: provider }, taken[provider] ?? 0);
      const ofBatches = Object.entries(taken).filter(([gate]) => gate.startsWith(OF_BATCH));
      this.set(
        { gate: 'batch' },
        ofBatches.reduce((sum, [, count]) => sum + (count ?? 0), 0),
      );
    },
  });
  const places = new Gauge({
    name: 'vocero_places',
    help: 'Places that there are, by provider; absent: no limit is set',
    labelNames: ['gate'],
    registers,
  });
  for (const provider of PROVIDERS) {
    const count = most[provider];
    if (count !== undefined) places.set({ gate: provider }, count);
  }
  const waiting = keptCount(() => records.countWaiting());
  new Gauge({
    name: 'vocero_places_waiting',
    help: 'Bookings that may be dialed and wait for a place; counted at most once a minute',
    registers,
    async collect() {
      const count = await waiting();
      if (count !== undefined) this.set(count);
    },
  });
}
