import type { DialResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import { type ActivityDependencies, clockOf } from '../dependencies.ts';
import { type Dialer, notConfigured } from './dialer.ts';

/** Nobody was asked to ring anything: the same channel may be tried again soon. */
const NO_BRIDGE: DialResult = {
  proves: 'deferred',
  retry_after_ms: 30_000,
  problem: { code: 'no_bridge', message: 'No bridge process is there to take the call.' },
};

/** A callee must not pick up to silence: without a process that could host the stream nothing is dialed. */
const hasBridge = (deps: ActivityDependencies): Promise<boolean> =>
  deps.records.hasBridge(iso(clockOf(deps).now())).catch(() => false);

/** We place the call at Twilio, and our bridge joins its media stream to the agent's socket. */
export const bridge: Dialer = {
  async prepare(deps, dial) {
    const { twilio } = deps;
    if (!twilio) return notConfigured('Twilio');
    return (await hasBridge(deps)) ? { dial: () => twilio.dial(dial) } : NO_BRIDGE;
  },
};
