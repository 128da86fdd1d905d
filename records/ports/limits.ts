import type { Provider } from '../../domain/channels.ts';
import type { Circuit } from '../../domain/circuit.ts';

/** What providers bear: calls at once, and when one that fails is left alone. */
export interface LimitRecords {
  circuit(provider: Provider): Promise<Circuit>;
  /**
   * Puts what `change` makes of a circuit in its place, in one step over all workers: where another one was faster, `change` is asked again with
   * what that left. Gives the circuit before and after; the same object when `change` gave back what it got.
   */
  changeCircuit(
    provider: Provider,
    change: (circuit: Circuit) => Circuit,
  ): Promise<{ before: Circuit; after: Circuit }>;
  /**
   * Takes places among the calls that providers have at once, all of them or none; gives the provider that has none left. Taking again
   * for the same call is harmless, and moves the end. A place is free when its call has ended, its booking has its
   * outcome, or `until` has passed.
   */
  takeSlots(places: {
    call_id: string;
    booking_id: string;
    wanted: { provider: Provider; count: number; most: number }[];
    now: string;
    until: string;
  }): Promise<Provider | undefined>;
  releaseSlots(callId: string): Promise<void>;
  /** How many places of each provider are taken; absent: none. */
  slotsTaken(now: string): Promise<Partial<Record<Provider, number>>>;
}
