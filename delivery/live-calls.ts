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

/** Concurrent requests to Twilio. Many calls end together, and Twilio's API takes about a hundred at once. */
const AT_ONCE = 20;
/** Time between two looks, while a call has not ended yet or a dial is still in progress. */
const LOOK_AGAIN_MS = 200;

type Leg = Awaited<ReturnType<CallRecords['liveLegs']>>[number];

interface Hanging extends Pick<DeliverDependencies, 'alarms'> {
  records: Pick<CallRecords, 'liveLegs'> & Pick<BookingRecords, 'booking'>;
  gateway: Pick<BookingGateway, 'signal' | 'followUp'>;
  twilio: Pick<TwilioVoice, 'hangUp' | 'call'>;
}

/** True for a call after the outcome whose talk is over: it waits for its report only. */
const isOver = async ({ twilio }: Pick<Hanging, 'twilio'>, { follow_up, call_sid }: Leg): Promise<boolean> => {
  const call = follow_up ? await twilio.call(call_sid) : undefined;
  return call !== undefined && isTerminal(call.status);
};

/**
 * Hangs up one leg and signals its booking at once: the process that continues the booking later may have no credentials for Twilio. True
 * when the leg has ended, or Twilio does not know it.
 */
async function hangUpLeg({ records, gateway, twilio, alarms }: Hanging, leg: Leg): Promise<boolean> {
  const { done } = await twilio.hangUp(leg.call_sid, 'complete');
  const call = done === 'failed' ? undefined : await twilio.call(leg.call_sid);
  if (!call) return done === 'not_found';
  if (!isTerminal(call.status)) return false;
  // If this signal fails, the booking asks Twilio itself later. The call is over in any case.
  const evidence = callEvidence(call, leg.call_id, iso(Date.now()));
  await deliver({ records, gateway, alarms }, 'callStatus', evidence).catch(() => undefined);
  return true;
}

/**
 * Hangs up every leg of our accounts that may be live, of any booking, also calls of businesses after the outcome. Repeats until no leg is left and `dialsOver` has settled, because a
 * dial in progress may ring meanwhile. Retries a failed leg until `signal` aborts. The bookings stay open: their workflows see the legs end
 * and continue, now or after the next start.
 * @returns the number of legs. Rejects when the database does not answer.
 */
export async function hangUpLiveCalls(deps: {
  records: Hanging['records'];
  gateway: Hanging['gateway'];
  twilio: Hanging['twilio'] | undefined;
  /** Accounts of this process. Calls of other accounts are left alone. */
  accounts: Accounts;
  alarms: Hanging['alarms'];
  dialsOver: Promise<unknown>;
  signal: AbortSignal;
}): Promise<number> {
  const { twilio, accounts, dialsOver, signal, ...others } = deps;
  if (!twilio) return 0;
  const ended = new Map<string, boolean>();
  const wereOver = new Set<string>();
  let dialing = true;
  const settled = (): void => {
    dialing = false;
  };
  dialsOver.then(settled, settled);
  while (!signal.aborted) {
    // Read before the query: the legs of dials that ended until now are stored.
    const wereDialing = dialing;
    const legs = (await deps.records.liveLegs()).filter(
      (leg) =>
        ended.get(leg.call_sid) !== true && !wereOver.has(leg.call_sid) && mayAct(accounts, leg.accounts, leg.sandbox),
    );
    await Readable.from(legs).forEach(
      async (leg: Leg) => {
        if (signal.aborted) return;
        if (!ended.has(leg.call_sid) && (await isOver({ twilio }, leg).catch(() => false))) {
          wereOver.add(leg.call_sid);
          return;
        }
        ended.set(leg.call_sid, false);
        // A failed leg is retried in the next round; the others must not wait for it.
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
