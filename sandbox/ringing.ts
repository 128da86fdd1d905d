import type { Behaviour } from './behaviours.ts';
import type { PhoneCall, Status } from './call.ts';
import type { World } from './world.ts';

/** Time after which the network ends the ringing, at natural pace, when the caller permits more. */
const NO_ANSWER_MS = 6000;

/**
 * Rings the callee for at most `limitMs`. True: somebody answered. False: the call has ended. `event` is called at each change of state.
 */
export async function ring(
  world: World,
  call: PhoneCall,
  limitMs: number,
  event: (name: string) => void,
): Promise<boolean> {
  const scenario = world.scenario(call.to);
  const over = (status: Status, by: string): false => {
    call.end(status, by);
    event('completed');
    return false;
  };
  const step = (status: Status): void => {
    call.status = status;
    event(status);
  };
  if (!(await call.pause(40))) return over('canceled', call.hungUpBy ?? 'api');
  call.dialed = new Date();
  step('initiated');
  if (!(await call.pause(60))) return over('canceled', call.hungUpBy ?? 'api');
  if (call.behaviour === 'blocked-call') return over('failed', 'network');
  step('ringing');
  const unanswered = call.behaviour === 'no-answer' || scenario.ring_ms > limitMs;
  const patience = Math.max(scenario.ring_ms + 800, NO_ANSWER_MS / world.pace);
  if (scenario.hold === 'ringing')
    await world.held(call.to, 'ringing', { call, signal: AbortSignal.timeout(Math.min(limitMs, 0x7fffffff)) });
  const whole = await call.pause(Math.min(limitMs, unanswered ? patience : scenario.ring_ms));
  if (!whole) return over('canceled', call.hungUpBy ?? 'api');
  if (unanswered) return over('no-answer', 'callee');
  if (['busy', 'rejects-call', 'unwanted-call'].includes(call.behaviour)) return over('busy', 'callee');
  if (call.behaviour === 'failed' || call.behaviour === 'invalid') return over('failed', 'network');
  call.answered = new Date();
  call.status = 'in-progress';
  event('answered');
  return true;
}

const REJECTIONS: Partial<Record<Behaviour, string>> = {
  'rejects-call': '603',
  'unwanted-call': '607',
  'blocked-call': '608',
};

/** The SIP status of a call's end. */
export function sipCode({ status, behaviour, answered }: PhoneCall): string {
  const rejected = status === 'busy' || status === 'failed' ? REJECTIONS[behaviour] : undefined;
  if (rejected && !answered) return rejected;
  return { busy: '486', 'no-answer': '487', canceled: '487', failed: '404' }[status as string] ?? '200';
}
