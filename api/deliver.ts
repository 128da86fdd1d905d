import type { Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { Records } from '../records/interface.ts';
import type { BookingGateway, SignalName } from './deps.ts';

/**
 * Tells the workflow of evidence that is on record already. A booking that has its outcome needs no telling; one that is
 * just closing refuses signals for a moment, which is no reason to have a provider send again what changes nothing.
 * @throws Unavailable when Temporal is out of reach and the booking may still need it.
 */
export async function deliver(
  { gateway, records }: { gateway: Pick<BookingGateway, 'signal'>; records: Pick<Records, 'booking'> },
  name: SignalName,
  evidence: Evidence,
): Promise<'delivered' | 'closed'> {
  const isFinal = async (): Promise<boolean> => {
    const stored = await records.booking(parseCallId(evidence.call_id)?.bookingId ?? '');
    return stored !== undefined && stored.view.outcome !== null;
  };
  if (await isFinal()) return 'closed';
  try {
    return await gateway.signal(name, evidence);
  } catch (error) {
    if (await isFinal()) return 'closed';
    throw error;
  }
}
