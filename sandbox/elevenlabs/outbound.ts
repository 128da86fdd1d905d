import { type Answer, type Ask, abandoned, drop, hang, json, jsonBody } from '../http.ts';
import { nth } from '../scenario.ts';
import type { World } from '../world.ts';
import { noAgent } from './agents.ts';
import { Conversation, initiationOf, record } from './conversation.ts';
import { elevenError, invalid, lacking, missing } from './errors.ts';
import { nativeCall } from './native-call.ts';
import { forbiddenOverride, missingVariable } from './start.ts';

const DEFAULT_RINGING_SECONDS = 60;

const failure = (message: string): Answer =>
  json(200, { success: false, message, conversation_id: null, callSid: null });

/** Answers that refuse or lose a request before a call is placed. */
const REFUSALS: Record<string, () => Answer> = {
  '400': () => elevenError(400, 'invalid_request', 'bad_request', 'The request could not be processed'),
  '401': () => elevenError(401, 'authentication_error', 'invalid_api_key', 'Invalid API key'),
  '402': () => elevenError(402, 'payment_required', 'payment_required', 'The subscription has a failed payment'),
  '403': () =>
    elevenError(403, 'authorization_error', 'forbidden', 'Outbound calls are not enabled for this phone number'),
  '422': () => invalid(['body', 'to_number'], 'Value error', 'value_error'),
  '429': () => elevenError(429, 'rate_limit_error', 'rate_limit_exceeded', 'Too many requests', { 'retry-after': '1' }),
  '500': () => elevenError(500, 'internal_error', 'internal_error', 'Internal server error'),
  '503': () => elevenError(503, 'service_unavailable', 'service_unavailable', 'Service temporarily unavailable'),
  'success-false': () => failure('Failed to initiate outbound call'),
};

/** `POST /v1/convai/twilio/outbound-call`. */
export async function outboundCall(world: World, ask: Ask): Promise<Answer | undefined> {
  const body = jsonBody(ask);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  const lacks = lacking(body, ['agent_id', 'agent_phone_number_id', 'to_number']);
  if (lacks) return lacks;
  const to = body.to_number as string;
  const initiation = initiationOf(record(body.conversation_initiation_client_data));
  world.remember(String(initiation.variables.booking_id ?? ''), to);
  const { account } = world;
  if (!world.workspace.agents.has(String(body.agent_id))) return noAgent(String(body.agent_id));
  if (!world.workspace.numbers.has(String(body.agent_phone_number_id)))
    return missing('phone_number_not_found', `No phone number ${body.agent_phone_number_id}`);
  const gone = abandoned(ask);
  await world.held(to, 'request', { signal: gone });
  // The client disconnected while the request was held: it counts as never received.
  if (gone.aborted) return drop(ask);
  const scenario = world.scenario(to);
  const mode = nth(scenario.native, scenario.used.native++);
  const refused = REFUSALS[mode];
  if (refused) return refused();
  if (mode === 'hang') return hang(ask, world.closing.signal);
  if (!/^\+[1-9]\d{6,14}$/.test(to) || nth(scenario.callee, scenario.used.callee) === 'invalid')
    return failure(
      `HTTP 400 error: Unable to create record: The phone number you are attempting to call, ${to}, is not valid. Error code: 21211`,
    );
  const trouble = missingVariable(initiation) ?? forbiddenOverride(world, String(body.agent_id), initiation);
  if (trouble) world.note(to, `outbound-call: ${trouble}: a real conversation would fail to start`);

  const call = world.place(to, account.twilioNumber, 'native');
  const conversation = new Conversation(String(body.agent_id), 'native', to, initiation);
  conversation.call = call;
  call.conversationId = conversation.id;
  call.callId = conversation.text('call_id');
  call.bookingId = conversation.text('booking_id');
  world.addConversation(conversation);
  const telephony = record(body.telephony_call_config);
  const { mode: detection } = record(telephony.twilio_machine_detection);
  void nativeCall(world, call, conversation, {
    ringSeconds: Number(telephony.ringing_timeout_secs) || DEFAULT_RINGING_SECONDS,
    silent: mode === 'silent',
    detection: typeof detection === 'string' ? detection : undefined,
  });
  await world.held(to, 'answer');
  if (mode === 'dial-then-drop-response') return drop(ask);
  if (mode === 'dial-then-hang') return hang(ask, world.closing.signal);
  return json(200, { success: true, message: 'Success', conversation_id: conversation.id, callSid: call.sid });
}
