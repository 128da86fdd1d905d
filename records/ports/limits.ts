import type { Provider } from '../../domain/channels.ts';
import type { Circuit } from '../../domain/circuit.ts';

/** Limits of providers: concurrent calls, and the circuits that stop dials to a failing provider. */
export interface LimitRecords {
  circuit(provider: Provider): Promise<Circuit>;
  /**
   * Replaces a circuit by `change` of it, atomically over all workers: if another worker was faster, `change` is called again with the
   * newer circuit. Returns the circuit before and after; the same object when `change` returned its input.
   */
  changeCircuit(
    provider: Provider,
    change: (circuit: Circuit) => Circuit,
  ): Promise<{ before: Circuit; after: Circuit }>;
  /**
   * Takes slots of providers' concurrent calls, all of them or none. Returns the provider without a free slot, if any. Taking again for the
   * same call is safe and moves the end. A slot is free when its call has ended, its booking has its outcome, or `until` has passed.
   */
  takeSlots(places: {
    call_id: string;
    booking_id: string;
    wanted: { provider: Provider; count: number; most: number }[];
    now: string;
    until: string;
  }): Promise<Provider | undefined>;
  releaseSlots(callId: string): Promise<void>;
  /** Number of taken slots of each provider; absent: none. */
  slotsTaken(now: string): Promise<Partial<Record<Provider, number>>>;
}
