import type { PhoneCall } from '../call.ts';
import { ring } from '../ringing.ts';
import type { World } from '../world.ts';
import { detectMachine } from './amd.ts';
import { releaseCallee } from './callee.ts';
import type { CallOrder } from './order.ts';
import { isRecorded, recordingSid } from './recordings.ts';
import { runInstructions } from './run-twiml.ts';
import { StatusEvents } from './status-events.ts';
import { twilioWebhook } from './webhook.ts';

/** Without a TimeLimit. */
const LONGEST_SECONDS = 14_400;

const seconds = (value: number | undefined, fallback: number): number => (value ?? fallback) * 1000;

/** The whole life of a call that the product placed. Never throws. */
export async function livePhoneCall(world: World, call: PhoneCall, order: CallOrder): Promise<void> {
  const events = new StatusEvents(world, call, order);
  try {
    if (!(await ring(world, call, seconds(order.seconds('Timeout'), 60), (name) => events.happened(name)))) return;
    call.limit(order.seconds('TimeLimit') || LONGEST_SECONDS);
    await detectMachine(world, call, order);
    call.end('completed', await runInstructions(world, call, order));
    await world.held(call.to, 'ended');
    events.happened('completed');
    await recorded(world, call, order);
  } catch (error) {
    world.note(call.to, `the sandbox failed in a call: ${error instanceof Error ? error.stack : String(error)}`);
    call.end('failed', 'sandbox');
  } finally {
    releaseCallee(call);
  }
}

async function recorded(world: World, call: PhoneCall, order: CallOrder): Promise<void> {
  const url = order.get('RecordingStatusCallback');
  if (!url || !isRecorded(call)) return;
  const sid = recordingSid(call);
  await twilioWebhook(world, {
    kind: 'recording',
    call,
    url,
    method: order.get('RecordingStatusCallbackMethod'),
    detail: 'completed',
    form: [
      ['AccountSid', world.account.twilioSid],
      ['CallSid', call.sid],
      ['RecordingSid', sid],
      ['RecordingUrl', `${world.url}/2010-04-01/Accounts/${world.account.twilioSid}/Recordings/${sid}`],
      ['RecordingStatus', 'completed'],
      ['RecordingDuration', String(call.seconds)],
      ['RecordingChannels', '1'],
      ['RecordingStartTime', call.answered?.toUTCString().replace('GMT', '+0000') ?? ''],
      ['RecordingSource', 'OutboundAPI'],
      ['RecordingTrack', 'both'],
    ],
  });
}
