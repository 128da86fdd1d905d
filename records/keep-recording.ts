import type { Artifacts } from './interface.ts';
import type { EventRecords, StoredRecording } from './ports/events.ts';
import { UnknownBooking } from './unknown-booking.ts';

/**
 * Stores a recording and its entry. Deletes both if the booking was erased meanwhile.
 * @throws UnknownBooking
 */
export async function keepRecording(
  { records, artifacts }: { records: Pick<EventRecords, 'putRecording'>; artifacts: Artifacts },
  { content, ...recording }: Omit<StoredRecording, 'bytes'> & { content: Uint8Array },
): Promise<void> {
  await artifacts.put(recording.path, content);
  try {
    await records.putRecording({ ...recording, bytes: content.length });
  } catch (error) {
    if (error instanceof UnknownBooking) await artifacts.remove(recording.path);
    throw error;
  }
}
