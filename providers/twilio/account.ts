import { ProviderUnreachable } from '../interface.ts';
import { twilioProblem } from './classify.ts';
import { connectTwilio } from './connect.ts';

const TIMEOUT_MS = 20_000;

/** Twilio's state of an account and its caller number. */
export interface TwilioAccountCheck {
  /** `active`, `suspended` or `closed`. */
  status: string;
  /** A trial account dials verified numbers only, and plays a message first. */
  trial: boolean;
  number:
    | {
        kind: 'owned';
        sid: string;
        voice: boolean /** URL to which Twilio sends calls to the number. */;
        voiceUrl: string;
      }
    /** A number of another provider that may be shown as the caller: enough to dial from Twilio, not for an import. */
    | { kind: 'verified' }
    | { kind: 'foreign' };
}

/**
 * Checks the account and the number. Changes nothing.
 * @throws ProviderUnreachable
 */
export async function checkTwilioAccount(options: {
  accountSid: string;
  authToken: string;
  phoneNumber: string;
  apiBaseUrl?: string | undefined;
}): Promise<TwilioAccountCheck> {
  const { accountSid, phoneNumber } = options;
  const { client } = connectTwilio({ ...options, timeoutMs: TIMEOUT_MS, keepAlive: false });
  try {
    const account = await client.api.v2010.accounts(accountSid).fetch();
    const [owned] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
    const checked = { status: account.status, trial: account.type === 'Trial' };
    if (owned) {
      const voice = owned.capabilities?.voice !== false;
      return { ...checked, number: { kind: 'owned', sid: owned.sid, voice, voiceUrl: owned.voiceUrl ?? '' } };
    }
    const [verified] = await client.outgoingCallerIds.list({ phoneNumber, limit: 1 });
    return { ...checked, number: { kind: verified ? 'verified' : 'foreign' } };
  } catch (error) {
    throw new ProviderUnreachable(twilioProblem(error), { cause: error });
  }
}

/**
 * Sets the page to which Twilio sends calls to a number of the account.
 * @throws ProviderUnreachable
 */
export async function setVoiceUrl(
  options: Parameters<typeof checkTwilioAccount>[0],
  numberSid: string,
  voiceUrl: string,
): Promise<void> {
  const { client } = connectTwilio({ ...options, timeoutMs: TIMEOUT_MS, keepAlive: false });
  try {
    await client.incomingPhoneNumbers(numberSid).update({ voiceUrl, voiceMethod: 'POST' });
  } catch (error) {
    throw new ProviderUnreachable(twilioProblem(error), { cause: error });
  }
}
