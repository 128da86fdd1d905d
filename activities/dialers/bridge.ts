import type { DialResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import { type ActivityDependencies, clockOf } from '../dependencies.ts';
import { type Dialer, notConfigured } from './dialer.ts';

/** No request was sent, so the same channel may be tried again soon. */
const NO_BRIDGE: DialResult = {
  proves: 'deferred',
  retry_after_ms: 30_000,
  problem: { code: 'no_bridge', message: 'No bridge process can take the call.' },
};

/** A callee must not hear silence: nothing is dialed without a process that can host the stream. */
const hasBridge = (deps: ActivityDependencies): Promise<boolean> =>
  deps.records.hasBridge(iso(clockOf(deps).now())).catch(() => false);

/** Places the call at Twilio. Our bridge joins its stream to the agent's socket. */
export const bridge: Dialer = {
  async prepare(deps, dial) {
    const { twilio } = deps;
    if (!twilio) return notConfigured('Twilio');
    return (await hasBridge(deps)) ? { dial: () => twilio.dial(dial) } : NO_BRIDGE;
  },
};
