/**
 * Facts about a call that the outcome did not know, the worst first (one for each call): `still_alive`: it rings or talks, though the
 * booking has ended; `unknown_call`: it was placed, and the outcome knows of no such call; `answered`: a person or a machine answered where
 * the outcome relied on proof that nobody did; `ended_later`: it went on after the end that the booking relied on; `result_unheard`: its
 * conversation has a result that never arrived and that differs from the outcome.
 */
export const CONTRADICTIONS = ['still_alive', 'unknown_call', 'answered', 'ended_later', 'result_unheard'] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  kind: ContradictionKind;
  /** The attempt of the call, if known. */
  call_id?: string | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}
