import type { ActKind } from '../../domain/acts.ts';
import type { Usage } from '../../domain/usage.ts';

/** Figures of the bookings that became final in a period. A simulation confirms nothing. */
export interface Figures {
  /** All of them. */
  final: number;
  confirmed: number;
  /** Nobody answered, or only a machine did. */
  unreachable: number;
  canceled: number;
  /** They ended in a simulation. */
  simulated: number;
  /** Of all of them, whatever the result. */
  usage: Usage;
}

/** A deed of an operator. */
export interface Act {
  act: ActKind;
  /** ISO 8601, UTC. */
  at: string;
  /** The name of the operator's key; null: the key has no name. */
  by: string | null;
  /** Distinguishes operator keys: the beginning of a keyed hash. */
  key: string;
  booking_id: string | null;
  /** The masked number, or the id of the batch or shortlist. */
  subject: string | null;
}

/** A deed with its place in the list. */
export interface KeptAct extends Act {
  /** Grows with each deed. */
  position: number;
}

/** Which deeds; an absent field restricts nothing. Times are ISO 8601, UTC. */
export interface ActsQuery {
  booking_id?: string | undefined;
  act?: ActKind | undefined;
  /** The name of the operator's key. */
  by?: string | undefined;
  /** The operator's key, see `Act`. */
  key?: string | undefined;
  from?: string | undefined;
  before?: string | undefined;
  /** Only older ones than this place. */
  after?: number | undefined;
  limit: number;
}

/** A booking without an outcome. */
export interface OpenBooking {
  id: string;
  status: string;
  service_type: string;
  user_name: string;
  created_at: string;
}

/** The day of an operator: figures, warnings, acts. `owner` undefined: of all owners. Times are ISO 8601, UTC. */
export interface OperatingRecords {
  /** Of the bookings with an outcome in `[from, before)`. */
  figures(period: { owner?: string | undefined; from: string; before: string }): Promise<Figures>;
  /** Bookings that wait for a person; `newest`: when the last of them got its outcome. */
  reviewsDue(owner?: string): Promise<{ count: number; newest: string | null }>;
  /** Open bookings of a number, newest first. */
  openOfNumber(query: {
    phone_hashes: readonly string[];
    owner?: string | undefined;
    limit: number;
  }): Promise<OpenBooking[]>;
  /** Keeps a deed for a year. */
  addAct(act: Act): Promise<void>;
  /** Deeds, newest first. */
  acts(query: ActsQuery): Promise<KeptAct[]>;
}
