import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { firstWordsHistogram } from '../bridge/first-words-metric.ts';
import { PROVIDERS, type Provider } from '../domain/channels.ts';
import { CIRCUIT_STATES, circuitState } from '../domain/circuit.ts';
import { maskPhone } from '../domain/mask-numbers.ts';
import { REJECTING_SIP } from '../domain/rejecting-sip.ts';
import type { Rates } from '../domain/usage.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { CallerRecords } from '../records/ports/callers.ts';
import type { LimitRecords } from '../records/ports/limits.ts';
import type { PlaceRecords } from '../records/ports/places.ts';
import { placeMetrics } from './place-metrics.ts';
import { usageMetrics } from './usage-metrics.ts';

/** Time for which one collection serves all scrapes: anybody may scrape, without a key, at any rate. */
const FRESH_MS = 1_000;

/** All metrics of a registry as text, collected once for scrapes at about the same time. */
export function sharedMetrics(registry: Registry, freshMs = FRESH_MS): () => Promise<string> {
  let newest: { text: Promise<string>; at: number } | undefined;
  return () => {
    const now = performance.now();
    if (!newest || now - newest.at >= freshMs) newest = { text: registry.metrics(), at: now };
    // A failed collection is not kept for the next scrape.
    newest.text.catch(() => {
      newest = undefined;
    });
    return newest.text;
  };
}

export type ApiMetrics = ReturnType<typeof apiMetrics>;

/** Counts of the records that are read when metrics are collected. */
type CountedRecords = Pick<BookingRecords, 'countByStatus' | 'countReviewsOpen'> &
  Pick<LimitRecords, 'circuit'> &
  Pick<PlaceRecords, 'slotsTaken' | 'countWaiting'> &
  Pick<CallerRecords, 'rejectedCalls' | 'callUsage'>;

/** Settings that metrics show. */
export interface KnownLimits {
  rates?: Rates | undefined;
  /** Our numbers: their counters are at 0 from the start, so that a rule sees the first call. */
  callers?: readonly string[] | undefined;
  /** Calls at once, by provider; absent: no limit. */
  callsAtOnce?: Partial<Record<Provider, number | undefined>> | undefined;
}

/** Metrics of the API, on the process's registry. No label values from outside: a stranger could create any number of them. */
export function apiMetrics(register: Registry, records: CountedRecords, known: KnownLimits = {}) {
  const registers = [register];
  usageMetrics(register, records, known);
  placeMetrics(register, records, known.callsAtOnce);
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
    help: 'State of a provider’s circuit: 1 for the current state',
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
    help: 'Concurrent calls counted against a provider’s limit; 0 without a limit',
    labelNames: ['provider'],
    registers,
    async collect() {
      const taken = await records.slotsTaken(new Date().toISOString()).catch(() => undefined);
      this.reset();
      if (taken) for (const provider of PROVIDERS) this.set({ provider }, taken[provider] ?? 0);
    },
  });
  new Counter({
    name: 'vocero_calls_rejected_total',
    help: 'Calls that were declined or blocked before anybody spoke, by our masked number and SIP answer; from the database',
    labelNames: ['caller', 'sip'],
    registers,
    async collect() {
      const found = await records.rejectedCalls().catch(() => undefined);
      if (!found) return;
      this.reset();
      for (const caller of known.callers ?? [])
        for (const sip of REJECTING_SIP) this.inc({ caller: maskPhone(caller), sip }, 0);
      for (const { caller, sip, count } of found) this.inc({ caller: maskPhone(caller), sip }, count);
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
      help: 'POST /v1/bookings by result: created, repeated, conflict',
      labelNames: ['how'],
      registers,
    }),
    webhooks: new Counter({
      name: 'vocero_webhooks_total',
      help: "Providers' requests by kind and result",
      labelNames: ['kind', 'answer'],
      registers,
    }),
    registerSeconds: new Histogram({
      name: 'vocero_register_seconds',
      help: 'Seconds of silence for the callee of a registered call until ElevenLabs took or refused the audio, by its carrier afterwards',
      labelNames: ['media'],
      buckets: [0.1, 0.25, 0.5, 1, 2, 4, 6, 8],
      registers,
    }),
    firstWords: firstWordsHistogram(register),
    staleReads: new Counter({
      name: 'vocero_stale_reads_total',
      help: 'Reads answered by the database because the workflow did not answer',
      registers,
    }),
    eventStreams: new Gauge({ name: 'vocero_event_streams', help: 'Event streams open now', registers }),
  };
}
