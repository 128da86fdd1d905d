import type { Proof, Report } from './result.ts';

/** A call of the business to us after the booking's outcome. Times ISO 8601, UTC. */
export interface FollowUp {
  at: string;
  call_id: string;
  /** The agent's report; null: none (yet). */
  report: Report | null;
  /** Proof of an appointment that the business gave in this talk; null: there is none. */
  proof: Proof | null;
}
