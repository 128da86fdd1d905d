/** What is left of an erased booking: that it was there, whose it was, and how far its erasure has come. */
export interface Erasure {
  booking_id: string;
  /** Keyed hash of the API key. */
  owner: string;
  /** ISO 8601, UTC. */
  requested_at: string;
  /** When the last of it was gone, at the providers as well; null: it is under way. */
  erased_at: string | null;
  /** Calls and conversations that the providers may still have. */
  left_at_providers: number;
}

/** A thing that a provider keeps of a booking. */
export interface ProviderTrace {
  kind: 'call_sid' | 'conversation_id';
  provider_id: string;
}

/** By which everybody knows the run that erases a booking, so that there is one. */
export const erasureRunId = (bookingId: string): string => `erase-${bookingId}`;
