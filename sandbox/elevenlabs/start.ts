import type { World } from '../world.ts';
import { type Initiation, record } from './conversation.ts';

/** Variables in the agents' prompts. Without one of them a conversation does not start. */
const NEEDED = [
  'booking_id',
  'call_id',
  'service_type',
  'preferred_date',
  'preferred_time',
  'user_name',
  'special_requests',
  'acceptable',
  'callback_reason',
  'business_date',
  'business_weekday',
  'business_time',
  'order_date',
  'order_weekday',
  'preferred_day',
  'preferred_weekday',
  'next_days',
  'hold_seconds',
  'keys_tool',
];

/** The provider's message about the first missing variable; undefined when all are there. */
export function missingVariable({ variables }: Initiation): string | undefined {
  const names = NEEDED.filter((name) => !(name in variables));
  return names.length > 0
    ? `Missing required dynamic variables in first message: {${names.map((n) => `'${n}'`).join(', ')}}`
    : undefined;
}

/** The same for an override that the agent does not permit. */
export function forbiddenOverride(world: World, agentId: string, { override }: Initiation): string | undefined {
  const agent = record(override.agent);
  const made = world.workspace.agents.get(agentId);
  const settings = record(made?.platform_settings.overrides);
  const permitted = record(settings.conversation_config_override);
  const { first_message, language, prompt } = record(permitted.agent);
  const given: [string, unknown, boolean][] = [
    ['first_message', agent.first_message, first_message === true],
    ['language', agent.language, language === true],
    ['prompt', record(agent.prompt).prompt, record(prompt).prompt === true],
    [
      'max_duration_seconds',
      record(override.conversation).max_duration_seconds,
      record(permitted.conversation).max_duration_seconds === true,
    ],
  ];
  const [name] = given.find(([, value, allowed]) => value !== undefined && value !== null && !allowed) ?? [];
  if (name) return `Override for field '${name}' is not allowed by config.`;
  const { agent: own, language_presets: presets } = record(made?.conversation_config);
  const spoken = [record(own).language, ...Object.keys(record(presets))];
  return agent.language && !spoken.includes(agent.language)
    ? `Language '${agent.language}' is not supported by this agent.`
    : undefined;
}
