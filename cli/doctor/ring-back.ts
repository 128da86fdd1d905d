import { INBOUND_PATH, VOICE_PATH } from '../../provision/inbound.ts';
import { type Check, callerOf, fail, inside, KEY, off, ok, PROVISION, warn } from './check.ts';

const FLAG = 'platform_settings.overrides.enable_conversation_initiation_client_data_from_webhook';

/** A business that rings back reaches the agent, which knows why it had called. */
export const RING_BACK: Check = {
  name: 'ring-backs',
  fix: KEY,
  async look(patient) {
    const { config, workspace } = patient;
    const { twilio, elevenlabs, publicUrl, inboundCalls } = config;
    if (!twilio || !elevenlabs?.phoneNumberId) return off('no number is configured: simulations only');
    const account = await patient.twilio();
    if (inboundCalls === 'twilio') {
      const number = account?.number;
      if (number?.kind !== 'owned')
        return warn('the number is not in this Twilio account', 'Use a number of the account.');
      if (number.voiceUrl === publicUrl + VOICE_PATH) return ok('Twilio asks our page about each caller');
      return fail('Twilio does not ask our page about callers', PROVISION);
    }
    const webhook = await workspace.inboundWebhook();
    if (webhook?.url !== publicUrl + INBOUND_PATH)
      return fail('ElevenLabs does not ask us about callers: they reach an agent that knows nothing', PROVISION);
    if (webhook.secret === undefined) return fail('ElevenLabs asks us without the secret, so it is refused', PROVISION);
    if (inside(await callerOf(patient), FLAG) !== true)
      return fail('the agent does not take our answer about a caller', PROVISION);
    return ok('ElevenLabs asks us about each caller');
  },
};
