/**
 * What of a call the outcome did not know, the worst first (of one call one thing is told):
 * `still_alive`: it rings or talks, though the booking has ended; `unknown_call`: it was placed, and the outcome knows of no such call;
 * `answered`: somebody, or a machine, picked up where the outcome went by the proof that nobody did; `ended_later`: it went on after the end that the booking
 * went by; `result_unheard`: its
 * conversation has a result which nobody heard of, and which the outcome does not say.
 */
export const CONTRADICTIONS = ['still_alive', 'unknown_call', 'answered', 'ended_later', 'result_unheard'] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  kind: ContradictionKind;
  /** The attempt that it is about, where that is known. */
  call_id?: string | undefined;
  call_sid?: string | undefined;
  conversation_id?: string | undefined;
}
