import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { PROVIDERS } from '../domain/channels.ts';
import { CIRCUIT_STATES, circuitState } from '../domain/circuit.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { LimitRecords } from '../records/ports/limits.ts';

/** A collection serves whoever asks within this time: anybody may ask, without a key, as often as he likes. */
const FRESH_MS = 1_000;

/** All of a registry as text, collected once for all who ask at about the same time. */
export function sharedMetrics(registry: Registry, freshMs = FRESH_MS): () => Promise<string> {
  let newest: { text: Promise<string>; at: number } | undefined;
  return () => {
    const now = performance.now();
    if (!newest || now - newest.at >= freshMs) newest = { text: registry.metrics(), at: now };
    // What could not be collected is no answer for the next one.
    newest.text.catch(() => {
      newest = undefined;
    });
    return newest.text;
  };
}

export type ApiMetrics = ReturnType<typeof apiMetrics>;

/** What of the records is counted when metrics are collected. */
type CountedRecords = Pick<BookingRecords, 'countByStatus' | 'countReviewsOpen'> &
  Pick<LimitRecords, 'circuit' | 'slotsTaken'>;

/** What the API counts, on the process's registry. No labels from outside: a stranger must not be able to grow them. */
export function apiMetrics(register: Registry, records: CountedRecords) {
  const registers = [register];
  new Gauge({
    name: 'vocero_bookings',
    help: 'Bookings in the database, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      const counts = await records.countByStatus().catch(() => undefined);
      this.reset();
      for (const [status, count] of Object.entries(counts ?? {})) this.set({ status }, count);
    },
  });
  new Gauge({
    name: 'vocero_reviews_open',
    help: 'Bookings that need a review and have none yet',
    registers,
    async collect() {
      const count = await records.countReviewsOpen().catch(() => undefined);
      if (count !== undefined) this.set(count);
    },
  });
  new Gauge({
    name: 'vocero_circuit',
    help: 'Whether dials go to a provider: 1 for the state that its circuit is in',
    labelNames: ['provider', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const provider of PROVIDERS) {
        const circuit = await records.circuit(provider).catch(() => undefined);
        const now = circuit && circuitState(circuit, Date.now());
        if (now) for (const state of CIRCUIT_STATES) this.set({ provider, state }, state === now ? 1 : 0);
      }
    },
  });
  new Gauge({
    name: 'vocero_provider_calls',
    help: 'Calls at once that are held against a provider’s limit; 0 without one',
    labelNames: ['provider'],
    registers,
    async collect() {
      const taken = await records.slotsTaken(new Date().toISOString()).catch(() => undefined);
      this.reset();
      if (taken) for (const provider of PROVIDERS) this.set({ provider }, taken[provider] ?? 0);
    },
  });
  return {
    requests: new Histogram({
      name: 'vocero_http_request_seconds',
      help: 'HTTP requests by route, method and answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    accepted: new Counter({
      name: 'vocero_booking_requests_total',
      help: 'POST /v1/bookings by what became of it: created, repeated, conflict',
      labelNames: ['how'],
      registers,
    }),
    webhooks: new Counter({
      name: 'vocero_webhooks_total',
      help: "Providers' requests by kind and what became of them",
      labelNames: ['kind', 'answer'],
      registers,
    }),
    registerSeconds: new Histogram({
      name: 'vocero_register_seconds',
      help: 'How long the callee of a registered call waited in silence for ElevenLabs to take the sound, or not, by who has it then',
      labelNames: ['media'],
      buckets: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8],
      registers,
    }),
    staleReads: new Counter({
      name: 'vocero_stale_reads_total',
      help: 'Reads that the database answered because the workflow could not be asked',
      registers,
    }),
    eventStreams: new Gauge({ name: 'vocero_event_streams', help: 'Event streams open now', registers }),
  };
}
