import { z } from 'zod';
import { BEHAVIOURS } from './behaviours.ts';
import { PhoneCall } from './call.ts';
import { deliver } from './deliver.ts';
import { Conversation, initiationOf, record } from './elevenlabs/conversation.ts';
import { playTalk, wrapUp } from './elevenlabs/played-talk.ts';
import { forbiddenOverride, missingVariable } from './elevenlabs/start.ts';
import { releaseCallee } from './twilio/callee.ts';
import { runFrom } from './twilio/run-twiml.ts';
import type { World } from './world.ts';

const VOICE_PATH = '/webhook/voice/inbound';
/** ElevenLabs' time for the answer of the webhook. */
const INITIATION_MS = 10_000;

/** A business calls our number. */
export const ringBackOrder = z.strictObject({
  number: z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164, such as +541143211234'),
  /** The provider that answers our number: `elevenlabs` where the number was imported there. */
  via: z.enum(['twilio', 'elevenlabs']).default('twilio'),
  callee: z.enum(BEHAVIOURS).default('answer-and-book'),
  /** Pressed, or said, when a <Gather> asks. */
  keys: z
    .string()
    .regex(/^[0-9*#]{1,20}$/)
    .optional(),
  words: z.string().max(200).optional(),
});
export type RingBackOrder = z.input<typeof ringBackOrder>;

/** The number calls ours now. */
export function ringBack(world: World, order: RingBackOrder): PhoneCall {
  const { number, via, callee, keys = '', words = '' } = ringBackOrder.parse(order);
  const call = new PhoneCall(number, world.account.twilioNumber, via === 'twilio' ? 'twilio' : 'native', callee);
  Object.assign(call, { direction: 'inbound', status: 'ringing', answers: keys, words, dialed: new Date() });
  world.begin(call);
  void (via === 'twilio' ? atTwilio(world, call) : atElevenLabs(world, call)).catch((error: unknown) => {
    world.note(number, `the sandbox failed in a call to our number: ${error instanceof Error ? error.stack : error}`);
    call.end('failed', 'sandbox');
  });
  return call;
}

/** Twilio answers with the instructions of our page. */
async function atTwilio(world: World, call: PhoneCall): Promise<void> {
  const base = world.scenario(call.to).public_url ?? world.publicUrl;
  const by = await runFrom(world, call, { url: base + VOICE_PATH, method: 'POST' });
  call.end('completed', call.hungUpBy ?? by);
  releaseCallee(call);
}

/** ElevenLabs asks us who calls, then its agent answers. */
async function atElevenLabs(world: World, call: PhoneCall): Promise<void> {
  const { workspace, account } = world;
  const { agentId } = account;
  const publicUrl = world.scenario(call.to).public_url ?? world.publicUrl;
  const webhook = workspace.initiationWebhook();
  if (!webhook) {
    world.note(call.to, 'the workspace has no webhook for calls to a number: the agent knows nothing of the caller');
    return call.end('completed', 'provider');
  }
  const { url, headers } = webhook;
  const { hook } = await deliver(world, {
    kind: 'inbound',
    number: call.to,
    detail: 'conversation initiation',
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'ElevenLabs/1.0', ...headers },
    body: JSON.stringify({ caller_id: call.to, agent_id: agentId, called_number: call.from, call_sid: call.sid }),
    publicUrl,
    timeoutMs: INITIATION_MS,
  });
  const answer = hook.code === 200 ? record(JSON.parse(hook.answer)) : {};
  const initiation = initiationOf(answer);
  const trouble = missingVariable(initiation) ?? forbiddenOverride(world, agentId, initiation);
  if (answer.type !== 'conversation_initiation_client_data' || trouble) {
    world.note(call.to, `the inbound webhook: ${trouble ?? hook.code}: the caller is dropped`);
    return call.end('completed', 'provider');
  }
  const conversation = new Conversation(agentId, 'native', call.to, initiation);
  conversation.call = call;
  Object.assign(call, {
    conversationId: conversation.id,
    callId: conversation.text('call_id'),
    bookingId: conversation.text('booking_id'),
    answered: new Date(),
    status: 'in-progress',
  });
  world.addConversation(conversation);
  const late = await playTalk(world, call, conversation, { silent: false, ends: (by) => call.end('completed', by) });
  call.end('completed', call.hungUpBy ?? 'agent');
  await wrapUp(world, conversation, false, late);
}

/** A business that missed our call rings back, where its number's world says so. Once. */
export function ringsBackWhenMissed(world: World): void {
  world.events.on('ended', (call) => {
    const scenario = world.scenario(call.to);
    const after = scenario.rings_back_ms;
    if (call.direction === 'inbound' || call.answered !== undefined || after === undefined) return;
    scenario.rings_back_ms = undefined;
    const via = call.via === 'native' ? 'elevenlabs' : 'twilio';
    setTimeout(() => {
      if (!world.closing.signal.aborted) ringBack(world, { number: call.to, via });
    }, after / world.pace).unref();
  });
}
