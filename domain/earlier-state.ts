import type { BookingState, Call, NoRing, PutOff, Simulation } from './state.ts';

/** Before 0.2, a dial that was put off was an attempt. */
type EarlierCall = Omit<Call, 'no_ring'> & {
  no_ring?: NoRing | 'deferred' | 'skipped' | undefined;
} & Partial<Pick<PutOff, 'retry_at' | 'left'>>;

/** State of a run, as a run of an earlier build may have passed it on. */
export type StateOfAnyVersion =
  | BookingState
  | (Omit<BookingState, 'attempts' | 'put_off'> & { attempts: (EarlierCall | Simulation)[] });

const isPutOff = (attempt: EarlierCall | Simulation): attempt is EarlierCall =>
  attempt.channel !== 'simulation' && (attempt.no_ring === 'deferred' || attempt.no_ring === 'skipped');

export function stateOfAnyVersion(state: StateOfAnyVersion): BookingState {
  if ('put_off' in state) return state;
  const put_off = state.attempts.flatMap((attempt): PutOff[] => {
    if (!isPutOff(attempt)) return [];
    const { n, channel, dialed_at, heard_at, sent_at = heard_at, problem, no_ring, retry_at, left } = attempt;
    const why = problem?.code ?? 'unknown';
    const skipped = why === 'other_accounts' ? why : 'calling_hours';
    const waits_for = no_ring === 'deferred' ? 'rate_limit' : skipped;
    return [{ n, channel, dialed_at, put_off_at: sent_at, why, waits_for, retry_at, left }];
  });
  const attempts = state.attempts.filter((attempt): attempt is Call | Simulation => !isPutOff(attempt));
  return { ...state, attempts, put_off };
}
