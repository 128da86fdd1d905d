import type { PhoneCall } from '../call.ts';
import { ring, sipCode } from '../ringing.ts';
import { detectionMs, verdictOf } from '../twilio/amd.ts';
import { runFrom } from '../twilio/run-twiml.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { playTalk, wrapUp } from './played-talk.ts';
import { postDetection, postFailure } from './webhooks.ts';

interface NativeOrder {
  ringSeconds: number;
  /** None of the webhooks of this call arrives. */
  silent: boolean;
  /** `twilio_machine_detection.mode`, if it was asked for. */
  detection: string | undefined;
}

/** The whole life of a call that ElevenLabs places. Never throws. */
export async function nativeCall(
  world: World,
  call: PhoneCall,
  conversation: Conversation,
  { ringSeconds, silent, detection }: NativeOrder,
): Promise<void> {
  try {
    if (await ring(world, call, ringSeconds * 1000, () => {})) {
      if (detection && !silent) void detect(world, call, conversation, detection);
      await talk(world, call, conversation, silent);
    } else await unanswered(world, call, conversation, silent);
  } catch (error) {
    world.note(call.to, `the sandbox failed in a native call: ${error instanceof Error ? error.stack : String(error)}`);
    call.end('failed', 'sandbox');
    conversation.end('sandbox');
    conversation.status = 'failed';
  }
}

async function unanswered(world: World, call: PhoneCall, conversation: Conversation, silent: boolean): Promise<void> {
  conversation.callResult = call.status === 'busy' ? 'busy' : call.status === 'no-answer' ? 'no_answer' : 'failed';
  conversation.end(`Call ${call.status}`);
  conversation.status = 'failed';
  if (silent || world.scenario(call.to).post_call === 'missing') return;
  await postFailure(
    world,
    conversation,
    call.status === 'busy' || call.status === 'no-answer' ? call.status : 'unknown',
    {
      CallSid: call.sid,
      CallStatus: call.status,
      AccountSid: world.account.twilioSid,
      From: call.from,
      To: call.to,
      Direction: 'outbound-api',
      Duration: '0',
      CallDuration: '0',
      SipResponseCode: sipCode(call),
      ApiVersion: '2010-04-01',
      Timestamp: new Date().toUTCString().replace('GMT', '+0000'),
    },
  );
}

/** The carrier's detection, beside the talk. A call that ended before gets none. */
async function detect(world: World, call: PhoneCall, conversation: Conversation, mode: string): Promise<void> {
  if (!(await call.pause(detectionMs(world.paceOf(world.scenario(call.to), false).pace))) || !call.live) return;
  call.answeredBy = verdictOf(call.behaviour, mode === 'detect_message_end');
  await postDetection(world, conversation, call.answeredBy);
}

async function talk(world: World, call: PhoneCall, conversation: Conversation, silent: boolean): Promise<void> {
  const late = await playTalk(world, call, conversation, { silent, ends: (by) => call.end('completed', by) });
  // New instructions disconnect the call from the agent.
  const redirect = call.hungUpBy === undefined ? call.takeRedirect() : undefined;
  const ender = redirect ? await runFrom(world, call, redirect) : 'agent';
  call.end('completed', call.hungUpBy ?? ender);
  await wrapUp(world, conversation, silent, late);
}
