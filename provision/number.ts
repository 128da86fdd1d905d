import { maskPhone, type TwilioAccountCheck } from '../providers/index.ts';
import { ProvisionError } from './error.ts';
import { type Job, NOT_YET, type Step } from './job.ts';
import type { ProvisionSettings } from './settings.ts';

const LABEL = 'Vocero';

/** Checks that the caller number belongs to the account and may call. Nothing is set at Twilio: each call brings its own URLs. */
export async function twilioStep(job: Job): Promise<Step> {
  const { twilio } = job.settings;
  const account = await job.twilio!();
  const name = maskPhone(twilio!.phoneNumber);
  if (account.status !== 'active') {
    throw new ProvisionError(`the Twilio account is ${account.status}. Fix that in Twilio’s console.`);
  }
  const notes = ['outbound calls need no settings at Twilio: each call brings its own URLs'];
  if (account.trial) notes.push('a trial account: it can call verified numbers only, and plays a message first');
  notes.push(...numberNotes(account));
  return { kind: 'twilio number', name, action: 'checked', changes: [], notes };
}

function numberNotes({ number }: TwilioAccountCheck): string[] {
  if (number.kind === 'foreign') {
    throw new ProvisionError(
      'TWILIO_PHONE_NUMBER is not a number of this Twilio account. Buy it there or correct the variable.',
    );
  }
  if (number.kind === 'verified') {
    return ['a verified caller id: enough for bridged calls; ElevenLabs may refuse to import it'];
  }
  if (!number.voice) throw new ProvisionError('TWILIO_PHONE_NUMBER cannot make voice calls. Use a number that can.');
  return [];
}

/** The Twilio number at ElevenLabs, for native calls. */
export async function numberStep(job: Job): Promise<Step> {
  const { workspace, lock, dryRun, settings } = job;
  const twilio = settings.twilio!;
  const name = maskPhone(twilio.phoneNumber);
  const numbers = await workspace.numbers();
  const found = numbers.find(({ phone }) => phone === twilio.phoneNumber);
  refuseOther(settings, found?.id);
  const agent = job.ids.get('AGENT:Vocero');
  const step: Step = { kind: 'phone number', name, action: 'unchanged', id: found?.id, changes: [], notes: [] };
  if (!found) {
    step.changes.push({ field: 'imported', from: undefined, to: `${name}, with the Twilio account’s SID and token` });
    step.notes.push(
      'the import makes ElevenLabs answer calls to this number: it changes the number’s voice webhook at Twilio',
    );
  }
  if (!found?.agentId || (agent !== undefined && found.agentId !== agent))
    step.changes.push({ field: 'agent_id', from: found?.agentId, to: agent ?? NOT_YET });
  if (step.changes.length > 0) step.action = found ? 'updated' : 'created';
  if (dryRun) return step;
  const { accountSid, authToken, phoneNumber: phone } = twilio;
  const id = found?.id ?? (await workspace.importNumber({ phone, label: LABEL, accountSid, authToken }));
  if (step.changes.length > 0 || lock.get('number', LABEL)?.id !== id) lock.set('number', LABEL, { id });
  job.tell('ELEVENLABS_PHONE_NUMBER_ID', id);
  if (agent && found?.agentId !== agent) await workspace.linkNumber(id, agent);
  return { ...step, id };
}

function refuseOther({ elevenlabs }: ProvisionSettings, found: string | undefined): void {
  const given = elevenlabs.phoneNumberId;
  if (!given || given === found) return;
  throw new ProvisionError(
    `ELEVENLABS_PHONE_NUMBER_ID is ${given}, ${found ? `and TWILIO_PHONE_NUMBER is imported as ${found}` : 'and TWILIO_PHONE_NUMBER is not imported'}. Correct one of the two, or unset the id.`,
  );
}
