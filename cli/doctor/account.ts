import { join } from 'node:path';
import { Lock } from '../../provision/lock.ts';
import { POST_CALL_PATH, POST_CALL_WEBHOOK } from '../../provision/webhook.ts';
import { type Check, fail, inside, off, ok, PROVISION, warn } from './check.ts';

const ASK = 'Correct ELEVENLABS_API_KEY, or wait until ElevenLabs answers again.';

/** The workspace besides the agents: the webhook and the number. */
export const ACCOUNT: Check[] = [
  {
    name: 'post-call webhook',
    fix: ASK,
    async look(patient) {
      const { config, workspace } = patient;
      const { agentId, apiKey, webhookSecret } = config.elevenlabs!;
      if (!webhookSecret) return off('no webhook secret is configured: simulations only');
      const url = config.publicUrl + POST_CALL_PATH;
      const found = (await workspace.webhooks()).find((webhook) => webhook.url === url);
      if (!found) return fail(`no webhook of the workspace leads to ${url}`, PROVISION);
      if (found.off) return fail('it is switched off, by a person or after too many failures', PROVISION);
      const own = inside(
        await patient.agent(agentId),
        'platform_settings.workspace_overrides.webhooks.post_call_webhook_id',
      );
      const told = own ?? (await workspace.workspaceWebhook());
      if (told !== found.id) return fail('the agent’s conversations are not sent to it', PROVISION);
      const entry = Lock.open(join(config.dataDir, 'provision'), apiKey).get('webhook', POST_CALL_WEBHOOK);
      if (entry?.id === found.id && entry.retries) return ok('on, receives the agent’s calls, retries on');
      return warn(
        'on, and receives the agent’s calls; ElevenLabs does not show whether retries are on, and they were not set from here',
        PROVISION,
      );
    },
  },
  {
    name: 'phone number',
    fix: ASK,
    async look({ config, workspace }) {
      const { twilio, elevenlabs } = config;
      if (!twilio || !elevenlabs?.phoneNumberId) return off('no number is configured: simulations only');
      const found = (await workspace.numbers()).find(({ id }) => id === elevenlabs.phoneNumberId);
      if (!found) return fail('ELEVENLABS_PHONE_NUMBER_ID is not a number of this workspace', `Unset it. ${PROVISION}`);
      if (found.phone !== twilio.phoneNumber)
        return fail('it is not the number in TWILIO_PHONE_NUMBER', 'Correct one of the two.');
      if (!found.outbound) return fail('ElevenLabs cannot dial from it', 'Import a number of your Twilio account.');
      if (!found.agentId) return warn('ElevenLabs can dial from it; a person who calls back reaches nobody', PROVISION);
      if (found.agentId !== elevenlabs.agentId)
        return warn('ElevenLabs can dial from it; a person who calls back reaches another agent', PROVISION);
      return ok('imported, for outbound calls; a person who calls back reaches the agent');
    },
  },
];
