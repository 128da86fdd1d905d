import type { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { z } from 'zod';
import { ProviderUnreachable } from '../interface.ts';
import { connectElevenLabs, type ElevenLabsConnection, unreachable } from './client.ts';

/** Settings in the format of the provider's REST API. */
export type Settings = Record<string, unknown>;

/** A workspace webhook. The provider shows neither its secret nor whether it retries. */
export interface WorkspaceWebhook {
  id: string;
  name: string;
  url: string;
  /** Disabled, by a person or by the provider after too many failures. */
  off: boolean;
}

interface ImportedNumber {
  id: string;
  /** E.164 */
  phone: string;
  label: string;
  agentId: string | undefined;
  /** False: it can receive calls but not place them. */
  outbound: boolean;
}

export interface Named {
  id: string;
  name: string;
}

export interface StoredTool extends Named {
  config: Settings;
}

/** `secret`: id of the secret in its header `Authorization`; undefined: another header, or none. */
export interface InboundWebhook {
  url: string;
  secret: string | undefined;
}

interface AgentSummary extends Named {
  tags: string[];
}

/**
 * The resources of an ElevenLabs workspace. Every method makes one request (lists: one for each page).
 * @throws ProviderUnreachable when a request is refused or gets no usable answer
 */
export interface ElevenLabsWorkspace {
  secrets(): Promise<Named[]>;
  createSecret(name: string, value: string): Promise<string>;
  updateSecret(id: string, name: string, value: string): Promise<void>;

  webhooks(): Promise<WorkspaceWebhook[]>;
  /** Only this answer contains the secret. */
  createWebhook(name: string, url: string): Promise<{ id: string; secret: string }>;
  /** Enables the webhook and its retries. */
  enableWebhook(id: string, name: string): Promise<void>;
  deleteWebhook(id: string): Promise<void>;

  tools(): Promise<StoredTool[]>;
  /** undefined: no tool has this id. */
  tool(id: string): Promise<StoredTool | undefined>;
  createTool(config: Settings): Promise<string>;
  updateTool(id: string, config: Settings): Promise<void>;

  agents(name: string): Promise<AgentSummary[]>;
  agent(id: string): Promise<Settings | undefined>;
  createAgent(settings: Settings): Promise<string>;
  updateAgent(id: string, settings: Settings): Promise<void>;
  /** The webhook of every agent that does not name one. */
  workspaceWebhook(): Promise<string | undefined>;
  /** The webhook that is asked about callers of imported numbers; undefined: there is none. */
  inboundWebhook(): Promise<InboundWebhook | undefined>;
  /** Sets that webhook; its header `Authorization` is the secret of this id. */
  setInboundWebhook(webhook: InboundWebhook & { secret: string }): Promise<void>;

  numbers(): Promise<ImportedNumber[]>;
  importNumber(given: { phone: string; label: string; accountSid: string; authToken: string }): Promise<string>;
  linkNumber(id: string, agentId: string): Promise<void>;
}

const PAGE_SIZE = 100;
/** A workspace with more pages of one kind was set up neither by hand nor by us. */
const MAX_PAGES = 50;

const tool = z.looseObject({ id: z.string(), tool_config: z.looseObject({ name: z.string() }) });
const agentRow = z.looseObject({
  agent_id: z.string(),
  name: z.string(),
  tags: z.array(z.string()).catch([]).default([]),
});
const cursor = { has_more: z.boolean().nullish(), next_cursor: z.string().nullish() };
const toolPage = z.looseObject({ tools: z.array(tool), ...cursor });
const agentPage = z.looseObject({ agents: z.array(agentRow), ...cursor });
const made = z.union([
  z.looseObject({ id: z.string().min(1) }).transform(({ id }) => id),
  z.looseObject({ agent_id: z.string().min(1) }).transform(({ agent_id }) => agent_id),
]);
const settingsBody = z.looseObject({
  conversation_initiation_client_data_webhook: z
    .looseObject({ url: z.string(), request_headers: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
  webhooks: z.looseObject({ post_call_webhook_id: z.string().nullish() }).nullish(),
});
const numberRow = z.looseObject({
  phone_number_id: z.string(),
  phone_number: z.string(),
  label: z.string().catch('').default(''),
  supports_outbound: z.boolean().catch(true).default(true),
  assigned_agent: z.looseObject({ agent_id: z.string() }).nullish(),
});

function read<T>(schema: z.ZodType<T>, raw: unknown, what: string): T {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new ProviderUnreachable({ code: 'elevenlabs_unreadable', message: `${what} could not be read.` });
}

const at = (id: string): string => encodeURIComponent(id);

export function openWorkspace(options: { apiKey: string; apiBaseUrl?: string | undefined }): ElevenLabsWorkspace {
  const connection = connectElevenLabs({ ...options, timeoutMs: 30_000 });
  const { once, getJson, sendJson } = connection;
  const asked = <T>(request: (sdk: ElevenLabsClient) => Promise<T>): Promise<T> =>
    connection
      .sdk()
      .then(request)
      .catch((error: unknown) => {
        throw unreachable(error);
      });

  return {
    secrets: async () => {
      const found: Named[] = [];
      let next: string | undefined;
      for (let n = 0; n < MAX_PAGES; n++) {
        const page = await asked((sdk) =>
          sdk.conversationalAi.secrets.list({ pageSize: PAGE_SIZE, cursor: next }, once()),
        );
        found.push(...page.secrets.map(({ secretId, name }) => ({ id: secretId, name })));
        next = page.nextCursor;
        if (!next) break;
      }
      return found;
    },
    createSecret: async (name, value) =>
      (await asked((sdk) => sdk.conversationalAi.secrets.create({ name, value }, once()))).secretId,
    updateSecret: async (id, name, value) => {
      await asked((sdk) => sdk.conversationalAi.secrets.update(id, { name, value }, once()));
    },

    webhooks: async () => {
      const { webhooks } = await asked((sdk) => sdk.webhooks.list({}, once()));
      return webhooks.map(({ webhookId, name, webhookUrl, isDisabled, isAutoDisabled }) => ({
        id: webhookId,
        name,
        url: webhookUrl,
        off: isDisabled || isAutoDisabled,
      }));
    },
    createWebhook: async (name, webhookUrl) => {
      const settings = { authType: 'hmac' as const, name, webhookUrl };
      const { webhookId, webhookSecret } = await asked((sdk) => sdk.webhooks.create({ settings }, once()));
      if (webhookSecret) return { id: webhookId, secret: webhookSecret };
      throw new ProviderUnreachable({
        code: 'elevenlabs_unreadable',
        message: 'The new webhook came without a secret.',
      });
    },
    enableWebhook: async (id, name) => {
      await asked((sdk) => sdk.webhooks.update(id, { isDisabled: false, name, retryEnabled: true }, once()));
    },
    deleteWebhook: async (id) => {
      await asked((sdk) => sdk.webhooks.delete(id, once()));
    },

    tools: () =>
      allPages(connection, 'v1/convai/tools', toolPage, 'The list of tools', (page) =>
        page.tools.map(({ id, tool_config }) => ({ id, name: tool_config.name, config: tool_config })),
      ),
    tool: async (id) => {
      const raw = await getJson(`v1/convai/tools/${at(id)}`);
      if (raw === undefined) return undefined;
      const { tool_config } = read(tool, raw, 'The tool');
      return { id, name: tool_config.name, config: tool_config };
    },
    createTool: async (config) =>
      read(made, await sendJson('POST', 'v1/convai/tools', { tool_config: config }), 'The new tool'),
    updateTool: async (id, config) => {
      await sendJson('PATCH', `v1/convai/tools/${at(id)}`, { tool_config: config });
    },

    agents: async (name) => {
      const query = `v1/convai/agents?search=${encodeURIComponent(name)}`;
      const found = await allPages(connection, query, agentPage, 'The list of agents', (page) =>
        page.agents.map((row) => ({ id: row.agent_id, name: row.name, tags: row.tags })),
      );
      return found.filter((agent) => agent.name === name);
    },
    agent: async (id) => {
      const raw = await getJson(`v1/convai/agents/${at(id)}`);
      return raw === undefined ? undefined : read(z.record(z.string(), z.unknown()), raw, 'The agent');
    },
    createAgent: async (settings) =>
      read(made, await sendJson('POST', 'v1/convai/agents/create', settings), 'The new agent'),
    updateAgent: async (id, settings) => {
      await sendJson('PATCH', `v1/convai/agents/${at(id)}`, settings);
    },
    workspaceWebhook: async () => {
      const raw = await getJson('v1/convai/settings');
      return read(settingsBody, raw ?? {}, 'The workspace’s settings').webhooks?.post_call_webhook_id ?? undefined;
    },

    inboundWebhook: async () => {
      const raw = await getJson('v1/convai/settings');
      const set = read(settingsBody, raw ?? {}, 'The workspace’s settings').conversation_initiation_client_data_webhook;
      if (!set) return undefined;
      const headers = Object.entries(set.request_headers ?? {});
      const value = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
      const { secret_id } = Object(value) as { secret_id?: unknown };
      return { url: set.url, secret: typeof secret_id === 'string' ? secret_id : undefined };
    },
    setInboundWebhook: async ({ url, secret }) => {
      await sendJson('PATCH', 'v1/convai/settings', {
        conversation_initiation_client_data_webhook: {
          url,
          request_headers: { Authorization: { secret_id: secret } },
        },
      });
    },

    numbers: async () => {
      const rows = read(z.array(numberRow), await getJson('v1/convai/phone-numbers'), 'The list of phone numbers');
      return rows.map((row) => ({
        id: row.phone_number_id,
        phone: row.phone_number,
        label: row.label,
        agentId: row.assigned_agent?.agent_id,
        outbound: row.supports_outbound,
      }));
    },
    importNumber: async ({ phone, label, accountSid, authToken }) => {
      const request = { provider: 'twilio' as const, phoneNumber: phone, label, sid: accountSid, token: authToken };
      return (await asked((sdk) => sdk.conversationalAi.phoneNumbers.create(request, once()))).phoneNumberId;
    },
    linkNumber: async (id, agentId) => {
      await asked((sdk) => sdk.conversationalAi.phoneNumbers.update(id, { agentId }, once()));
    },
  };
}

async function allPages<
  P extends { has_more?: boolean | null | undefined; next_cursor?: string | null | undefined },
  R,
>(
  { getJson }: ElevenLabsConnection,
  path: string,
  schema: z.ZodType<P>,
  what: string,
  rowsOf: (page: P) => R[],
): Promise<R[]> {
  const rows: R[] = [];
  let next: string | null | undefined;
  for (let n = 0; n < MAX_PAGES; n++) {
    const query = new URLSearchParams({ page_size: String(PAGE_SIZE), ...(next ? { cursor: next } : {}) });
    const page = read(schema, await getJson(`${path}${path.includes('?') ? '&' : '?'}${query}`), what);
    rows.push(...rowsOf(page));
    next = page.next_cursor;
    if (!page.has_more || !next) break;
  }
  return rows;
}
