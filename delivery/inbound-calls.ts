import { type Accounts, mayAct } from '../domain/accounts.ts';
import type { PhoneChannel } from '../domain/channels.ts';
import { lineIdOf } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { maskPhone } from '../domain/mask-numbers.ts';
import { RING_BACK_DAYS } from '../domain/ring-back.ts';
import type { ErasureRecords } from '../records/ports/erasures.ts';
import type { InboundRecords, InboundTaken } from '../records/ports/inbound.ts';
import { type DeliverDependencies, deliver } from './deliver.ts';

/** A repeated request after this long is a captured one: a caller waits for seconds. */
const REPEATED_WITHIN_MS = 120_000;

export interface InboundDependencies extends DeliverDependencies {
  records: DeliverDependencies['records'] & InboundRecords & Pick<ErasureRecords, 'isErased'>;
  settings: { accounts: Accounts; phoneHash(phone: string): string; phoneHashes(phone: string): string[] };
  log: { warn(fields: object, message: string): void };
  now: () => number;
}

export interface Caller {
  call_sid: string;
  /** E.164. */
  phone: string;
  channel: PhoneChannel;
  stranger_call_id?: string | undefined;
}

/**
 * Gives a call to our number to its booking: stored first, then signaled. `too_late`: the request repeats one of minutes ago, or belongs to an
 * erased booking, and must get nothing.
 */
export async function takeCaller(
  deps: InboundDependencies,
  { call_sid, phone, channel, stranger_call_id }: Caller,
): Promise<InboundTaken | { is: 'too_late' }> {
  const { records, settings, now } = deps;
  if (await records.isErased({ call_sid })) return { is: 'too_late' };
  const at = now();
  const taken = await records.takeInbound({
    call_sid,
    phone_hashes: settings.phoneHashes(phone),
    phone_masked: maskPhone(phone),
    line_id: lineIdOf(settings.phoneHash(phone)),
    channel,
    at: iso(at),
    since: iso(at - RING_BACK_DAYS * 86_400_000),
    mayAct: (accounts, sandbox) => mayAct(settings.accounts, accounts, sandbox),
    stranger_call_id,
  });
  if (taken.known && at - Date.parse(taken.at) > REPEATED_WITHIN_MS) return { is: 'too_late' };
  // The caller waits: the workflow is signaled in the background, and reads the stored call before it dials or ends.
  if (taken.is === 'talk') {
    deliver(deps, 'callStatus', taken.evidence).catch((error: unknown) =>
      deps.log.warn({ err: error, call_id: taken.call_id }, 'could not signal a call of the business'),
    );
  }
  return taken;
}
