import type { Evidence } from './evidence.ts';
import { isInboundCall } from './ids.ts';
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

/** True for evidence of a call of the business that its booking, which has its outcome, did not take. */
export const isFollowUp = (
  { attempts }: { attempts: readonly { call_id: string }[] },
  { call_id }: Evidence,
): boolean => isInboundCall(call_id) && !attempts.some((attempt) => attempt.call_id === call_id);

/** The agent of that talk reports an appointment that its words do not show. */
export const isInDoubt = ({ report, proof }: FollowUp): boolean => proof === null && report?.result === 'confirmed';
