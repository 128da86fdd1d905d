import type { Client } from '@temporalio/client';
import { Vocero } from '../clients/typescript/src/index.ts';
import type { Outcome } from '../domain/result.ts';
import { bookingBody } from './booking-body.ts';
import type { Child } from './child.ts';
import { machineTime } from './clock.ts';
import type { Provider } from './provider.ts';
import { Sightings, type Subject } from './subject.ts';

/** Bookings over the API, each for a number of its own (one number takes one call at a time), awaited until their workflow has ended. */
export function productSubject(client: Client, baseUrl: string, provider: Provider, child: Child): Subject {
  const sightings = new Sightings();
  // Each try is timed: none is repeated.
  const vocero = new Vocero({ url: baseUrl, retries: 0 });
  provider.onDial = (bookingId, at) => sightings.see(bookingId, at);
  let number = 0;
  return {
    name: 'product',
    child,
    async one() {
      const body = bookingBody(`+54114${String(2_000_000 + number++).padStart(7, '0')}`);
      const began = machineTime();
      const { id } = await vocero.bookings.create(body);
      const seen = await sightings.of(id);
      const outcome = (await client.workflow.getHandle(id).result()) as Outcome;
      if (outcome.result !== 'confirmed') throw new Error(`${id} ended with ${JSON.stringify(outcome)}`);
      return seen - began;
    },
  };
}
