import { Agent, request } from 'node:http';
import type { Client } from '@temporalio/client';
import type { Outcome } from '../domain/result.ts';
import type { Child } from './child.ts';
import { machineTime } from './clock.ts';
import type { Provider } from './provider.ts';
import { Sightings, type Subject } from './subject.ts';

const agent = new Agent({ keepAlive: true });

function post(url: URL, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method: 'POST', headers }, async (response) => {
      try {
        const text = (await response.toArray()).join('');
        resolve({ status: response.statusCode ?? 0, text });
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const bodyFor = (phone: string): string =>
  JSON.stringify({
    business: { name: 'Clínica Dental Sur', phone },
    request: {
      service_type: 'dentista',
      preferred_date: 'mañana',
      preferred_time: 'por la tarde',
      user_name: 'Mauro',
      special_requests: 'consulta de rutina',
    },
  });

/** Bookings over the API, each for a number of its own (one number takes one call at a time), awaited until their workflow has ended. */
export function productSubject(client: Client, baseUrl: string, provider: Provider, child: Child): Subject {
  const sightings = new Sightings();
  const bookings = new URL('/v1/bookings', baseUrl);
  provider.onDial = (bookingId, at) => sightings.see(bookingId, at);
  let number = 0;
  return {
    name: 'product',
    child,
    async one() {
      const body = bodyFor(`+54114${String(2_000_000 + number++).padStart(7, '0')}`);
      const began = machineTime();
      const { status, text } = await post(bookings, body);
      if (status !== 202) throw new Error(`POST /v1/bookings was answered ${status}: ${text.slice(0, 500)}`);
      const { id } = JSON.parse(text) as { id: string };
      const seen = await sightings.of(id);
      const outcome = (await client.workflow.getHandle(id).result()) as Outcome;
      if (outcome.result !== 'confirmed') throw new Error(`${id} ended with ${JSON.stringify(outcome)}`);
      return seen - began;
    },
  };
}
