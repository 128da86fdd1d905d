import { createElevenLabs } from './elevenlabs/agents.ts';
import type { ElevenLabsAgents, TwilioVoice } from './interface.ts';
import { createTwilioVoice } from './twilio/voice.ts';

/** Provider accounts of the configuration. */
interface ProviderAccounts {
  publicUrl: string;
  /** Time that the agent waits on hold, in seconds. */
  holdSeconds?: number | undefined;
  twilio?: { accountSid: string; authToken: string; phoneNumber: string; apiBaseUrl?: string | undefined } | undefined;
  elevenlabs?:
    | {
        apiKey: string;
        agentId: string;
        phoneNumberId?: string | undefined;
        receptionistAgentId?: string | undefined;
        apiBaseUrl?: string | undefined;
      }
    | undefined;
}

export interface ProviderClients {
  twilio?: TwilioVoice | undefined;
  elevenlabs?: ElevenLabsAgents | undefined;
}

/** One client for each configured account. */
export function createProviders({ publicUrl, holdSeconds, twilio, elevenlabs }: ProviderAccounts): ProviderClients {
  return {
    ...(twilio && {
      twilio: createTwilioVoice({
        accountSid: twilio.accountSid,
        authToken: twilio.authToken,
        from: twilio.phoneNumber,
        publicUrl,
        apiBaseUrl: twilio.apiBaseUrl,
      }),
    }),
    ...(elevenlabs && { elevenlabs: createElevenLabs({ ...elevenlabs, holdSeconds }) }),
  };
}
