import type { DialResult } from '../../domain/evidence.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { PlannedDial } from '../guard/check.ts';

/** One way to ring a phone. */
export interface Dialer {
  /** Sees to what the dial needs; nobody is rung yet. A DialResult says why nothing is dialed. */
  prepare(deps: ActivityDependencies, dial: PlannedDial): Promise<Prepared | DialResult>;
}

export interface Prepared {
  /** The request itself, nothing else. Never throws. */
  dial(): Promise<DialResult>;
}

export const notConfigured = (provider: string): DialResult => ({
  proves: 'channel_refused',
  problem: { code: 'not_configured', message: `${provider} is not configured.` },
});
