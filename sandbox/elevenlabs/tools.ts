import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { ACCESS } from './agents.ts';
import { randomId, record } from './conversation.ts';
import { invalid, missing } from './errors.ts';
import { page } from './page.ts';
import type { Json, Tool } from './resources.ts';

const KINDS = ['webhook', 'client', 'system', 'mcp'];
const WAYS = ['description', 'dynamic_variable', 'constant_value', 'is_system_provided', 'is_omitted'];

const view = (world: World, tool: Tool): Json => ({
  id: tool.id,
  tool_config:
    tool.config.type === 'webhook'
      ? { ...tool.config, api_schema: { ...record(tool.config.api_schema), url: world.workspace.toolUrlOf(tool) } }
      : tool.config,
  access_info: ACCESS,
  usage_stats: { total_calls: 0, avg_latency_secs: 0 },
});

const noTool = (ask: Ask): Answer => missing('tool_not_found', `Tool ${ask.params.id} not found`);

/** Checks the parameters: exactly one way of filling each in must be given. */
function refusedProperties(schema: Json, place: (string | number)[]): Answer | undefined {
  for (const [name, property] of Object.entries(record(schema.properties))) {
    const given = WAYS.filter((way) => record(property)[way] !== undefined && record(property)[way] !== '');
    if (given.length !== 1)
      return invalid([...place, 'properties', name], `Value error, Must set one of: ${WAYS.join(', ')}`, 'value_error');
  }
  return undefined;
}

function configIn(world: World, ask: Ask): { config: Json } | { refused: Answer } {
  const body = jsonBody(ask);
  if (!body) return { refused: invalid(['body'], 'JSON decode error', 'json_invalid') };
  const config = record(body.tool_config);
  const kind = String(config.type);
  const at = (...place: string[]) => ['body', 'tool_config', kind, ...place];
  if (!KINDS.includes(kind))
    return { refused: invalid(['body', 'tool_config', 'type'], 'No such tool type', 'union_tag_invalid') };
  if (typeof config.name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(config.name))
    return { refused: invalid(at('name'), 'String should match pattern', 'string_pattern_mismatch') };
  if (typeof config.description !== 'string') return { refused: invalid(at('description')) };
  if (kind === 'client') {
    const wrong = refusedProperties(record(config.parameters), at('parameters'));
    return wrong ? { refused: wrong } : { config };
  }
  const schema = record(config.api_schema);
  if (typeof schema.url !== 'string') return { refused: invalid(at('api_schema', 'url')) };
  const secret = Object.values(record(schema.request_headers)).map((value) => record(value).secret_id);
  const unknown = secret.find((id) => id !== undefined && !world.workspace.secrets.has(String(id)));
  if (unknown !== undefined) return { refused: missing('secret_not_found', `Secret ${unknown} not found`) };
  const wrong = refusedProperties(record(schema.request_body_schema), at('api_schema', 'request_body_schema'));
  return wrong ? { refused: wrong } : { config: { ...config, api_schema: { method: 'GET', ...schema } } };
}

/** `POST tools`. Two tools may have the same name. */
export function createTool(world: World, ask: Ask): Answer {
  const read = configIn(world, ask);
  if ('refused' in read) return read.refused;
  const tool: Tool = { id: randomId('tool_'), config: { response_timeout_secs: 20, ...read.config } };
  world.workspace.tools.set(tool.id, tool);
  return json(200, view(world, tool));
}

/** `PATCH tools/{id}`: replaces the whole configuration. */
export function updateTool(world: World, ask: Ask): Answer {
  const tool = world.workspace.tools.get(ask.params.id ?? '');
  if (!tool) return noTool(ask);
  const read = configIn(world, ask);
  if ('refused' in read) return read.refused;
  tool.config = { response_timeout_secs: 20, ...read.config };
  return json(200, view(world, tool));
}

export function getTool(world: World, ask: Ask): Answer {
  const tool = world.workspace.tools.get(ask.params.id ?? '');
  return tool ? json(200, view(world, tool)) : noTool(ask);
}

export function deleteTool(world: World, ask: Ask): Answer {
  return world.workspace.tools.delete(ask.params.id ?? '') ? json(200, {}) : noTool(ask);
}

export function listTools(world: World, ask: Ask): Answer {
  const search = (ask.query.get('search') ?? '').toLowerCase();
  const found = [...world.workspace.tools.values()].filter(({ config }) =>
    String(config.name).toLowerCase().includes(search),
  );
  const { rows, ...rest } = page(found, ask);
  return json(200, { tools: rows.map((tool) => view(world, tool)), ...rest });
}
