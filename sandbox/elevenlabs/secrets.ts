import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { randomId } from './conversation.ts';
import { elevenError, invalid, missing } from './errors.ts';
import { page } from './page.ts';

/** `POST secrets`: no endpoint returns the value again. */
export function createSecret(world: World, ask: Ask): Answer {
  const body = jsonBody(ask);
  for (const field of ['type', 'name', 'value']) if (typeof body?.[field] !== 'string') return invalid(['body', field]);
  const { name, value } = body as { name: string; value: string };
  const { secrets } = world.workspace;
  if ([...secrets.values()].some((secret) => secret.name === name))
    return elevenError(400, 'invalid_request', 'secret_name_taken', `A secret named ${name} exists already`);
  const secret = { id: randomId('secret_'), name, value };
  secrets.set(secret.id, secret);
  return json(200, { type: 'stored', secret_id: secret.id, name });
}

export function updateSecret(world: World, ask: Ask): Answer {
  const secret = world.workspace.secrets.get(ask.params.id ?? '');
  if (!secret) return missing('secret_not_found', `Secret ${ask.params.id} not found`);
  const body = jsonBody(ask);
  for (const field of ['type', 'name', 'value']) if (typeof body?.[field] !== 'string') return invalid(['body', field]);
  Object.assign(secret, { name: body!.name, value: body!.value });
  return json(200, { type: 'stored', secret_id: secret.id, name: secret.name });
}

export function listSecrets(world: World, ask: Ask): Answer {
  const { rows, ...rest } = page([...world.workspace.secrets.values()], ask);
  const secrets = rows.map(({ id, name }) => ({
    type: 'stored',
    secret_id: id,
    name,
    used_by: { tools: [], agents: [], others: [], phone_numbers: [] },
  }));
  return json(200, { secrets, ...rest });
}
