import type { DialResult } from '../../domain/evidence.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { PlannedDial } from '../guard/check.ts';

/** Places calls on one channel. */
export interface Dialer {
  /** Prepares the dial; no phone rings yet. A DialResult gives the reason not to dial. */
  prepare(deps: ActivityDependencies, dial: PlannedDial): Promise<Prepared | DialResult>;
}

export interface Prepared {
  /** Sends the request and nothing else. Never throws. */
  dial(): Promise<DialResult>;
}

export const notConfigured = (provider: string): DialResult => ({
  proves: 'channel_refused',
  problem: { code: 'not_configured', message: `${provider} is not configured.` },
});
