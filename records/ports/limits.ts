import type { Provider } from '../../domain/channels.ts';
import type { Circuit } from '../../domain/circuit.ts';

/** The circuits that stop dials to a failing provider. */
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
}
