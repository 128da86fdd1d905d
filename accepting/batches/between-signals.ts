import type { BatchGateway } from '../../delivery/batch-gateway.ts';
import { Unavailable } from '../../delivery/gateway.ts';

/**
 * Changes a batch between two signals to its workflow. While Temporal is out of reach the first one fails, and nothing is changed: the
 * client may repeat its request, and the status still fits. The second one has the workflow look at the change; if it is lost, the
 * workflow's next look finds the change, some minutes later.
 * @throws Unavailable when Temporal does not answer the first
 */
export async function betweenSignals<T>(
  batches: Pick<BatchGateway, 'wake'>,
  batchId: string,
  change: () => Promise<T>,
): Promise<T> {
  await batches.wake(batchId);
  const changed = await change();
  await batches.wake(batchId).catch((error: unknown) => {
    if (!(error instanceof Unavailable)) throw error;
  });
  return changed;
}
