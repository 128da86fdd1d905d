import type { Accounts } from '../domain/accounts.ts';
import type { Config } from './config.ts';

/** The mode and accounts that this process works with. */
export const accountsOf = ({ mode, twilio, elevenlabs, playedHere }: Config): Accounts => ({
  mode,
  twilio: twilio?.accountSid ?? null,
  elevenlabs: elevenlabs?.agentId ?? null,
  played: playedHere,
  caller: twilio?.phoneNumber ?? null,
});
