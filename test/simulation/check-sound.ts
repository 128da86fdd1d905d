import { mayFallBack } from '../../domain/known-media.ts';
import { callsIn, heardInTime, type Run } from './run.ts';

/** Of a call whose sound the provider may take or not: what is shown of it is what was heard, and never what was not so. */
export function soundIsToldTruly(run: Run): string | undefined {
  // What was heard before the engine's store was set back may be gone; who was terminated heard nothing more.
  if (run.resets.length > 0 || run.gone_at !== undefined) return undefined;
  for (const attempt of callsIn(run)) {
    const legs = run.world.legs.filter(({ call_id }) => call_id === attempt.call_id);
    if (!mayFallBack(attempt) || legs.length !== 1) continue;
    const { media } = legs[0]!;
    const heard = heardInTime(run).filter(({ call_id }) => call_id === attempt.call_id);
    const bridged = heard.some((one) => one.kind === 'bridge' || (one.kind === 'media' && one.media === 'bridge'));
    const told = bridged ? 'bridge' : heard.some(({ kind }) => kind === 'media') ? 'provider' : attempt.media;
    if (attempt.media !== told) return `the sound of ${attempt.call_id} is ${told}, told as ${attempt.media}`;
    if (attempt.media === 'bridge' && media !== 'bridge') return `${attempt.call_id} was never bridged`;
  }
  return undefined;
}
