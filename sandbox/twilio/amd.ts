import type { Behaviour } from '../behaviours.ts';
import type { PhoneCall } from '../call.ts';
import type { World } from '../world.ts';
import type { CallOrder } from './order.ts';
import { twilioWebhook } from './webhook.ts';

const DETECTION_MS = 900;

export const detectionMs = (pace: number): number => DETECTION_MS / pace;

/** Behaviours of callees whose recorded voice answers. Detectors take menus and screeners for machines. */
const RECORDED: readonly Behaviour[] = ['voicemail', 'menu', 'menu-only', 'screener', 'screener-declines'];

/** The carrier's verdict on a callee. */
export function verdictOf(behaviour: Behaviour, waitsForEnd: boolean): string {
  if (behaviour === 'silent-line') return 'unknown';
  if (!RECORDED.includes(behaviour)) return 'human';
  if (!waitsForEnd) return 'machine_start';
  return behaviour === 'voicemail' ? 'machine_end_beep' : 'machine_end_other';
}

/**
 * Answering machine detection. Sync: resolves with the verdict before TwiML is requested. Async: resolves at once, and the verdict follows
 * as a webhook.
 */
export async function detectMachine(world: World, call: PhoneCall, order: CallOrder): Promise<void> {
  const mode = order.get('MachineDetection');
  if (!mode || order.get('SendDigits')) return;
  const ms = detectionMs(world.paceOf(world.scenario(call.to)).pace);
  const detect = async (): Promise<void> => {
    await call.pause(ms);
    call.answeredBy = verdictOf(call.behaviour, mode === 'DetectMessageEnd');
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
