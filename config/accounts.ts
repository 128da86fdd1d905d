import type { Accounts } from '../domain/accounts.ts';
import type { Config } from './config.ts';

/** Mode and accounts of this process. */
export const accountsOf = ({ mode, twilio, elevenlabs, providersAreLocal }: Config): Accounts => ({
  mode,
  twilio: twilio?.accountSid ?? null,
  elevenlabs: elevenlabs?.agentId ?? null,
  played: providersAreLocal,
  caller: twilio?.phoneNumber ?? null,
});
