import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { randomId } from './conversation.ts';
import { elevenError, invalid, missing } from './errors.ts';
import type { Json, PhoneNumber } from './resources.ts';

const view = (world: World, { id, phone, label, agentId }: PhoneNumber): Json => {
  const agent = world.workspace.agents.get(agentId ?? '');
  return {
    phone_number: phone,
    label,
    supports_inbound: true,
    supports_outbound: true,
    phone_number_id: id,
    assigned_agent: agent ? { agent_id: agent.id, agent_name: agent.name } : null,
    provider: 'twilio',
  };
};

const noNumber = (ask: Ask): Answer => missing('phone_number_not_found', `No phone number ${ask.params.id}`);

/**
 * `POST phone-numbers`: imports a Twilio number, with the Twilio account's credentials. As with the real one, the
 * number's own webhook at Twilio then leads to ElevenLabs.
 */
export function importNumber(world: World, ask: Ask): Answer {
  const body = jsonBody(ask);
  for (const field of ['phone_number', 'label', 'sid', 'token'])
    if (typeof body?.[field] !== 'string') return invalid(['body', field]);
  const { phone_number: phone, label, sid, token } = body as Record<string, string>;
  const { account, workspace } = world;
  if (sid !== account.twilioSid || token !== account.twilioToken)
    return elevenError(400, 'invalid_request', 'twilio_authentication_failed', 'Could not authenticate with Twilio');
  if (phone !== account.twilioNumber)
    return elevenError(400, 'invalid_request', 'phone_number_not_found', `Twilio has no number ${phone}`);
  if ([...workspace.numbers.values()].some((number) => number.phone === phone))
    return elevenError(400, 'invalid_request', 'phone_number_exists', 'This number is imported already');
  const number: PhoneNumber = { id: randomId('phnum_'), phone, label: String(label), agentId: undefined };
  workspace.numbers.set(number.id, number);
  world.twilioVoiceUrl = 'https://api.elevenlabs.io/twilio/inbound_call';
  return json(200, { phone_number_id: number.id });
}

export function updateNumber(world: World, ask: Ask): Answer {
  const number = world.workspace.numbers.get(ask.params.id ?? '');
  if (!number) return noNumber(ask);
  const body = jsonBody(ask) ?? {};
  if (typeof body.agent_id === 'string') {
    if (!world.workspace.agents.has(body.agent_id)) return missing('agent_not_found', `No agent ${body.agent_id}`);
    number.agentId = body.agent_id;
  } else if (body.agent_id === null) number.agentId = undefined;
  if (typeof body.label === 'string') number.label = body.label;
  return json(200, view(world, number));
}

export function getNumber(world: World, ask: Ask): Answer {
  const number = world.workspace.numbers.get(ask.params.id ?? '');
  return number ? json(200, view(world, number)) : noNumber(ask);
}

/** `GET phone-numbers`: a bare array, without pages. */
export function listNumbers(world: World): Answer {
  return json(
    200,
    [...world.workspace.numbers.values()].map((number) => view(world, number)),
  );
}
