import type { PhoneCall } from '../call.ts';
import { type Answer, type Ask, hang, jsonBody } from '../http.ts';
import { nth } from '../scenario.ts';
import type { World } from '../world.ts';
import { noAgent } from './agents.ts';
import { Conversation, initiationOf, randomId, record } from './conversation.ts';
import { elevenError, invalid, lacking } from './errors.ts';
import { playTalk, wrapUp } from './played-talk.ts';
import { forbiddenOverride, missingVariable } from './start.ts';

const STREAM_PATH = '/v1/convai/twilio/stream/';

const document = (type: string, text: string): Answer => ({
  status: 200,
  bytes: Buffer.from(text),
  headers: { 'content-type': type },
});

const twiml = (host: string, stream: string, conversation: Conversation): Answer =>
  document(
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?><Response><Connect><Stream url="wss://${host}${STREAM_PATH}${stream}"><Parameter name="conversation_id" value="${conversation.id}"/></Stream></Connect></Response>`,
  );

/** `POST /v1/convai/twilio/register-call`: TwiML that joins the client's own call to an agent. */
export async function registerCall(world: World, ask: Ask): Promise<Answer | undefined> {
  const body = jsonBody(ask);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  const lacks = lacking(body, ['agent_id', 'from_number', 'to_number']);
  if (lacks) return lacks;
  const agentId = body.agent_id as string;
  const number = (body.direction === 'inbound' ? body.from_number : body.to_number) as string;
  const initiation = initiationOf(record(body.conversation_initiation_client_data));
  world.remember(String(initiation.variables.booking_id ?? ''), number);
  if (!world.workspace.agents.has(agentId)) return noAgent(agentId);
  const scenario = world.scenario(number);
  const [mode, seconds] = nth(scenario.register, scenario.used.register++).split(':');
  if (mode === '503')
    return elevenError(503, 'service_unavailable', 'service_unavailable', 'Service temporarily unavailable');
  if (mode === 'hang') return hang(ask, world.closing.signal);
  if (mode === 'garbage') return document('text/html', '<html><body><h1>502 upstream</h1></body></html>');
  // A client that has disconnected meanwhile leaves a conversation behind all the same.
  if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000).unref());
  const trouble = missingVariable(initiation) ?? forbiddenOverride(world, agentId, initiation);
  if (trouble) world.note(number, `register-call: ${trouble}: a real conversation would fail to start`);
  const conversation = new Conversation(agentId, 'registered', number, initiation);
  world.addConversation(conversation);
  const stream = randomId('');
  if (mode !== 'stream-refused') world.registered.set(stream, conversation);
  return twiml(new URL(world.url).host, stream, conversation);
}

/** Name of ElevenLabs' own stream; undefined for another one. */
export function ownStream(world: World, raw: string): string | undefined {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url?.host !== new URL(world.url).host || !url.pathname.startsWith(STREAM_PATH)) return undefined;
  return url.pathname.slice(STREAM_PATH.length);
}

/** Plays a stream to ElevenLabs, without a socket. Resolves like any stream; undefined: it was admitted. */
export async function registeredTalk(world: World, call: PhoneCall, stream: string): Promise<string | undefined> {
  const conversation = world.registered.get(stream);
  world.registered.delete(stream);
  if (conversation?.number !== call.to)
    return '31920: this stream was registered for no call, another one, or an earlier one';
  conversation.call = call;
  call.conversationId = conversation.id;
  call.bookingId = conversation.text('booking_id');
  call.callId ||= conversation.text('call_id');
  await world.held(call.to, 'stream', { call });
  const late = await playTalk(world, call, conversation, {
    silent: false,
    ends: (by) => {
      if (by === 'callee') call.hangUp('callee');
    },
  });
  void wrapUp(world, conversation, false, late).catch((error) =>
    world.note(call.to, `the sandbox failed after a talk: ${error}`),
  );
  return undefined;
}
