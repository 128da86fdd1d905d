import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { randomId, record } from './conversation.ts';
import { elevenError, invalid, missing } from './errors.ts';
import { agentDefaults, merged } from './made-agents.ts';
import { page } from './page.ts';
import type { Agent, Json } from './resources.ts';

export const ACCESS = {
  is_creator: true,
  creator_name: 'Sandbox',
  creator_email: 'sandbox@example.com',
  role: 'admin',
};

const unix = (): number => Math.floor(Date.now() / 1000);

/** An agent as in `GET agents/{id}`; undefined for an unknown id. */
export function agentView(world: World, id: string): Json | undefined {
  const agent = world.workspace.agents.get(id);
  return (
    agent && {
      agent_id: agent.id,
      name: agent.name,
      conversation_config: agent.conversation_config,
      metadata: { created_at_unix_secs: agent.created, updated_at_unix_secs: agent.updated },
      platform_settings: agent.platform_settings,
      phone_numbers: [...world.workspace.numbers.values()]
        .filter((number) => number.agentId === id)
        .map((number) => ({
          phone_number: number.phone,
          label: number.label,
          phone_number_id: number.id,
          supports_inbound: true,
          supports_outbound: true,
          provider: 'twilio',
          assigned_agent: { agent_id: agent.id, agent_name: agent.name },
        })),
      workflow: { edges: {}, nodes: {}, prevent_subagent_loops: false },
      access_info: ACCESS,
      tags: agent.tags,
    }
  );
}

export const noAgent = (id: string | undefined): Answer => missing('agent_not_found', `No agent ${id}`);

/** The provider's refusal of an agent's settings, if any. */
function refusal(
  world: World,
  { conversation_config: config, platform_settings: platform }: Agent,
): Answer | undefined {
  const { agent, tts } = config as { agent?: Json; tts?: Json };
  const { tool_ids: ids } = record(agent?.prompt);
  const unknown = Array.isArray(ids) ? ids.find((id) => !world.workspace.tools.has(String(id))) : undefined;
  if (unknown !== undefined) return missing('tool_not_found', `Tool ${unknown} not found`);
  const language = String(agent?.language ?? 'en');
  if (language !== 'en' && ['eleven_turbo_v2', 'eleven_flash_v2'].includes(String(tts?.model_id)))
    return elevenError(400, 'invalid_request', 'bad_request', 'Non-english Agents must use turbo or flash v2_5.');
  const { post_call_webhook_id: webhook } = record(record(platform.workspace_overrides).webhooks);
  if (typeof webhook === 'string' && !world.workspace.webhooks.has(webhook))
    return missing('webhook_not_found', `Webhook ${webhook} not found`);
  return undefined;
}

/** `POST agents/create`. The provider permits two agents with the same name. */
export function createAgent(world: World, ask: Ask): Answer {
  const body = jsonBody(ask);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  if (typeof body.conversation_config !== 'object') return invalid(['body', 'conversation_config']);
  const defaults = agentDefaults();
  const agent: Agent = {
    id: randomId('agent_'),
    name: typeof body.name === 'string' ? body.name : 'New agent',
    tags: Array.isArray(body.tags) ? body.tags.map(String) : [],
    conversation_config: merged(defaults.conversation_config, body.conversation_config) as Json,
    platform_settings: merged(defaults.platform_settings, record(body.platform_settings)) as Json,
    created: unix(),
    updated: unix(),
  };
  const refused = refusal(world, agent);
  if (refused) return refused;
  world.workspace.agents.set(agent.id, agent);
  return json(200, { agent_id: agent.id });
}

/** `PATCH agents/{id}`: replaces the given fields and keeps the others. */
export function updateAgent(world: World, ask: Ask): Answer {
  const old = world.workspace.agents.get(ask.params.id ?? '');
  const body = jsonBody(ask);
  if (!old) return noAgent(ask.params.id);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  const agent: Agent = {
    ...old,
    ...(typeof body.name === 'string' && { name: body.name }),
    ...(Array.isArray(body.tags) && { tags: body.tags.map(String) }),
    conversation_config: merged(old.conversation_config, record(body.conversation_config)) as Json,
    platform_settings: merged(old.platform_settings, record(body.platform_settings)) as Json,
    updated: unix(),
  };
  const refused = refusal(world, agent);
  if (refused) return refused;
  world.workspace.agents.set(agent.id, agent);
  return json(200, agentView(world, agent.id));
}

export function deleteAgent(world: World, ask: Ask): Answer {
  return world.workspace.agents.delete(ask.params.id ?? '') ? json(200, {}) : noAgent(ask.params.id);
}

/** `GET agents`: `search` matches names. */
export function listAgents(world: World, ask: Ask): Answer {
  const search = (ask.query.get('search') ?? '').toLowerCase();
  const found = [...world.workspace.agents.values()].filter((agent) => agent.name.toLowerCase().includes(search));
  const { rows, ...rest } = page(found, ask);
  const agents = rows.map(({ id, name, tags, created }) => ({
    agent_id: id,
    name,
    tags,
    created_at_unix_secs: created,
    access_info: ACCESS,
    last_call_time_unix_secs: null,
    archived: false,
  }));
  return json(200, { agents, ...rest });
}
