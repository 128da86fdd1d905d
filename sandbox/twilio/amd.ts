import type { PhoneCall } from '../call.ts';
import type { World } from '../world.ts';
import type { CallOrder } from './order.ts';
import { twilioWebhook } from './webhook.ts';

const DETECTION_MS = 900;

/**
 * Answering machine detection. Sync: resolves with the verdict before TwiML is requested. Async: resolves at once, and the verdict follows
 * as a webhook.
 */
export async function detectMachine(world: World, call: PhoneCall, order: CallOrder): Promise<void> {
  const mode = order.get('MachineDetection');
  if (!mode || order.get('SendDigits')) return;
  const ms = DETECTION_MS / world.paceOf(world.scenario(call.to)).pace;
  const machine = mode === 'DetectMessageEnd' ? 'machine_end_beep' : 'machine_start';
  const detect = async (): Promise<void> => {
    await call.pause(ms);
    call.answeredBy = call.behaviour === 'voicemail' ? machine : call.behaviour === 'silent-line' ? 'unknown' : 'human';
  };
  if (order.get('AsyncAmd') !== 'true') return detect();
  const url = order.get('AsyncAmdStatusCallback');
  if (!url) world.note(call.to, '21262: AsyncAmd without AsyncAmdStatusCallback');
  void detect().then(() =>
    url && call.live
      ? twilioWebhook(world, {
          kind: 'amd',
          call,
          url,
          method: order.get('AsyncAmdStatusCallbackMethod'),
          detail: call.answeredBy ?? '',
          form: [
            ['CallSid', call.sid],
            ['AccountSid', world.account.twilioSid],
            ['AnsweredBy', call.answeredBy ?? 'unknown'],
            ['MachineDetectionDuration', String(Math.round(ms))],
          ],
        })
      : undefined,
  );
}
