/** The remaining record of an erased booking: its id, its owner, and the progress of the erasure. */
export interface Erasure {
  booking_id: string;
  /** Keyed hash of the API key. */
  owner: string;
  /** ISO 8601, UTC. */
  requested_at: string;
  /** Time at which the last part was gone, also at the providers; null: in progress. */
  erased_at: string | null;
  /** Number of calls and conversations that the providers may still have. */
  left_at_providers: number;
}

/** A thing that a provider stores for a booking. */
export interface ProviderTrace {
  kind: 'call_sid' | 'conversation_id';
  provider_id: string;
}

/** Id of the run that erases a booking. It is fixed, so that there is one run at a time. */
export const erasureRunId = (bookingId: string): string => `erase-${bookingId}`;
