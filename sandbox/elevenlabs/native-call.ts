import type { PhoneCall } from '../call.ts';
import { ring, sipCode } from '../ringing.ts';
import { runFrom } from '../twilio/run-twiml.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { playTalk, wrapUp } from './played-talk.ts';
import { postFailure } from './webhooks.ts';

/** The whole life of a call that ElevenLabs places. `silent`: none of its webhooks arrives. Never throws. */
export async function nativeCall(
  world: World,
  call: PhoneCall,
  conversation: Conversation,
  ringSeconds: number,
  silent: boolean,
): Promise<void> {
  try {
    if (await ring(world, call, ringSeconds * 1000, () => {})) await talk(world, call, conversation, silent);
    else await unanswered(world, call, conversation, silent);
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

async function talk(world: World, call: PhoneCall, conversation: Conversation, silent: boolean): Promise<void> {
  const late = await playTalk(world, call, conversation, { silent, ends: (by) => call.end('completed', by) });
  // New instructions disconnect the call from the agent.
  const redirect = call.hungUpBy === undefined ? call.takeRedirect() : undefined;
  const ender = redirect ? await runFrom(world, call, redirect) : 'agent';
  call.end('completed', call.hungUpBy ?? ender);
  await wrapUp(world, conversation, silent, late);
}
