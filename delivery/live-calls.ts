import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Accounts, mayAct } from '../domain/accounts.ts';
import { iso } from '../domain/iso.ts';
import { isTerminal } from '../domain/leg.ts';
import type { TwilioVoice } from '../providers/interface.ts';
import { callEvidence } from '../providers/twilio/call-evidence.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import { type DeliverDependencies, deliver } from './deliver.ts';
import type { BookingGateway } from './gateway.ts';

/** Requests to Twilio at one time: many calls end together, and its API takes some hundred at once. */
const AT_ONCE = 20;
/** Between two looks, while a call is not seen to end or a dial is still on its way. */
const LOOK_AGAIN_MS = 200;

type Leg = Awaited<ReturnType<CallRecords['liveLegs']>>[number];

interface Hanging extends Pick<DeliverDependencies, 'alarms'> {
  records: Pick<CallRecords, 'liveLegs'> & Pick<BookingRecords, 'booking'>;
  gateway: Pick<BookingGateway, 'signal'>;
  twilio: Pick<TwilioVoice, 'hangUp' | 'call'>;
}

/**
 * Hangs up one leg and tells its booking at once: whoever goes on with it later may not be able to ask any more. True when
 * it is seen to have ended, or Twilio does not know it.
 */
async function hangUpLeg({ records, gateway, twilio, alarms }: Hanging, leg: Leg): Promise<boolean> {
  const { done } = await twilio.hangUp(leg.call_sid, 'complete');
  const call = done === 'failed' ? undefined : await twilio.call(leg.call_sid);
  if (!call) return done === 'not_found';
  if (!isTerminal(call.status)) return false;
  // A booking that cannot be told now asks by itself later; the call is over all the same.
  const evidence = callEvidence(call, leg.call_id, iso(Date.now()));
  await deliver({ records, gateway, alarms }, 'callStatus', evidence).catch(() => undefined);
  return true;
}

/**
 * Hangs up every leg of our accounts that may be live, whichever booking it belongs to, and looks again until none is left and `dialsOver` has
 * settled: a dial that was on its way may ring meanwhile. A leg that cannot be ended now is tried again, as long as `signal` lets it. The
 * bookings themselves stay as they are: their workflows see the legs end and go on, now or after the next start.
 * @returns how many legs there were. Rejects when the database cannot be asked.
 */
export async function hangUpLiveCalls(deps: {
  records: Hanging['records'];
  gateway: Hanging['gateway'];
  twilio: Hanging['twilio'] | undefined;
  /** Those of this process: calls of others are left alone. */
  accounts: Accounts;
  alarms: Hanging['alarms'];
  dialsOver: Promise<unknown>;
  signal: AbortSignal;
}): Promise<number> {
  const { twilio, accounts, dialsOver, signal, ...others } = deps;
  if (!twilio) return 0;
  const ended = new Map<string, boolean>();
  let dialing = true;
  const settled = (): void => {
    dialing = false;
  };
  dialsOver.then(settled, settled);
  while (!signal.aborted) {
    // Asked before the look: what a dial has brought until then is on record.
    const wereDialing = dialing;
    const legs = (await deps.records.liveLegs()).filter(
      (leg) => ended.get(leg.call_sid) !== true && mayAct(accounts, leg.accounts, leg.sandbox),
    );
    await Readable.from(legs).forEach(
      async (leg: Leg) => {
        if (signal.aborted) return;
        ended.set(leg.call_sid, false);
        // One that fails is tried again; the others must not wait for it.
        ended.set(leg.call_sid, await hangUpLeg({ ...others, twilio }, leg).catch(() => false));
      },
      { concurrency: AT_ONCE },
    );
    if (legs.length === 0 && !wereDialing) break;
    if (![...ended.values()].includes(false) && !wereDialing) continue;
    await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return ended.size;
}
