import { maskPhone, setVoiceUrl } from '../providers/index.ts';
import { type Job, NOT_YET, type Step } from './job.ts';
import { TOOL_BEARER } from './secret.ts';

export const INBOUND_PATH = '/api/elevenlabs/inbound';
export const VOICE_PATH = '/webhook/voice/inbound';

/** ElevenLabs asks us about each caller of an imported number, with the secret of the agent's tool. */
export async function inboundStep(job: Job): Promise<Step> {
  const { workspace, settings, dryRun, ids } = job;
  const url = settings.publicUrl + INBOUND_PATH;
  const secret = ids.get(`SECRET:${TOOL_BEARER}`);
  const found = await workspace.inboundWebhook();
  const step: Step = { kind: 'webhook', name: 'calls to our number', action: 'unchanged', changes: [], notes: [] };
  if (found?.url !== url) step.changes.push({ field: 'url', from: found?.url, to: url });
  if (found?.secret !== secret || secret === undefined)
    step.changes.push({ field: 'Authorization', from: found?.secret, to: secret ?? NOT_YET });
  if (step.changes.length === 0) return step;
  step.action = found ? 'updated' : 'created';
  if (found && found.url !== url) step.notes.push(`the workspace’s webhook led to ${found.url}; it has only one`);
  if (!dryRun && secret !== undefined) await workspace.setInboundWebhook({ url, secret });
  return step;
}

/** The page that Twilio asks about calls to the number, where our bridge answers them. It follows the import, which changes it. */
export async function voiceUrlStep(job: Job): Promise<Step> {
  const { settings, dryRun } = job;
  const twilio = settings.twilio!;
  const { number } = await job.twilio!();
  const name = maskPhone(twilio.phoneNumber);
  const step: Step = { kind: 'voice url', name, action: 'unchanged', changes: [], notes: [] };
  if (number.kind !== 'owned') {
    step.notes.push('not a number of this Twilio account: it has no voice URL here, and nobody can ring back');
    return step;
  }
  const url = settings.publicUrl + VOICE_PATH;
  if (number.voiceUrl === url) return step;
  step.changes.push({ field: 'voice_url', from: number.voiceUrl, to: url });
  step.action = 'updated';
  if (!dryRun) await setVoiceUrl(twilio, number.sid, url);
  return step;
}
