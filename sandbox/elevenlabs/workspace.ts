import type { Account, PermittedOverrides } from '../options.ts';
import { record } from './conversation.ts';
import { sandboxAgents } from './made-agents.ts';
import type { Agent, Json, PhoneNumber, Secret, Tool, Webhook } from './resources.ts';

export const POST_CALL_PATH = '/api/elevenlabs/post-call';
const INBOUND_PATH = '/api/elevenlabs/inbound';
const REPORT_PATH = '/api/elevenlabs/tools/report_result';

/** Owner of the account, and the product's address. */
interface Holder {
  readonly account: Account;
  readonly overrides: PermittedOverrides;
  readonly publicUrl: string;
}

/** Content of an ElevenLabs account. `bare`: empty, as on the day it was opened. */
export class Workspace {
  readonly agents = new Map<string, Agent>();
  readonly tools = new Map<string, Tool>();
  readonly secrets = new Map<string, Secret>();
  readonly webhooks = new Map<string, Webhook>();
  readonly numbers = new Map<string, PhoneNumber>();
  /** The webhook of every agent that does not name one. */
  postCallWebhook: string | undefined;
  /** The webhook for calls to a number, as it was set; undefined: it leads to the product's address at the time of use. */
  initiation: Json | null | undefined = null;
  private readonly holder: Holder;

  constructor(holder: Holder, bare: boolean) {
    this.holder = holder;
    if (!bare) this.furnish();
  }

  private furnish(): void {
    const { account } = this.holder;
    const now = Math.floor(Date.now() / 1000);
    for (const agent of sandboxAgents(account, this.holder.overrides, now)) this.agents.set(agent.id, agent);
    const secret = { id: 'secret_sandbox_tool', name: 'vocero_tool_bearer', value: `Bearer ${account.toolSecret}` };
    this.secrets.set(secret.id, secret);
    this.tools.set('tool_sandbox_report_result', {
      id: 'tool_sandbox_report_result',
      own: true,
      config: {
        type: 'webhook',
        name: 'report_result',
        description: 'Reports the result of the call.',
        response_timeout_secs: 20,
        api_schema: {
          method: 'POST',
          request_headers: { Authorization: { secret_id: secret.id } },
          request_body_schema: { type: 'object', required: ['booking_id', 'call_id', 'result'], properties: {} },
        },
      },
    });
    this.tools.set('tool_sandbox_press_keys', {
      id: 'tool_sandbox_press_keys',
      config: {
        type: 'client',
        name: 'press_keys',
        description: 'Presses keys of the phone.',
        expects_response: true,
        response_timeout_secs: 10,
        parameters: {
          type: 'object',
          required: ['keys'],
          properties: { keys: { type: 'string', description: 'Keys' } },
        },
      },
    });
    this.webhooks.set('webhook_sandbox', {
      id: 'webhook_sandbox',
      name: 'vocero-post-call',
      url: undefined,
      secret: account.webhookSecret,
      retries: true,
      disabled: false,
      autoDisabled: false,
      created: now,
    });
    this.postCallWebhook = 'webhook_sandbox';
    this.initiation = undefined;
    this.numbers.set(account.phoneNumberId, {
      id: account.phoneNumberId,
      phone: account.twilioNumber,
      label: 'Vocero',
      agentId: undefined,
    });
  }

  /** The webhook for calls to a number of the workspace, as its settings show it; null: none is set. */
  get inboundWebhook(): Json | null {
    if (this.initiation !== undefined) return this.initiation;
    const headers = { Authorization: { secret_id: 'secret_sandbox_tool' } };
    return { url: this.holder.publicUrl + INBOUND_PATH, request_headers: headers };
  }

  /** Its URL and headers, with secrets in place of their names. */
  initiationWebhook(): { url: string; headers: Record<string, string> } | undefined {
    const webhook = this.inboundWebhook;
    if (webhook === null) return undefined;
    const headers = Object.entries(record(webhook.request_headers)).map(([name, value]) => {
      const id = record(value).secret_id;
      return [name.toLowerCase(), id === undefined ? String(value) : (this.secrets.get(String(id))?.value ?? '')];
    });
    return { url: String(webhook.url), headers: Object.fromEntries(headers) };
  }

  /** The agent that answers for a business: the account's second one, or one with its name. */
  isReceptionist(id: string): boolean {
    const { agentId, receptionistAgentId } = this.holder.account;
    return id !== agentId && (id === receptionistAgentId || this.agents.get(id)?.name === 'Recepcionista');
  }

  urlOf(webhook: Webhook): string {
    return webhook.url ?? this.holder.publicUrl + POST_CALL_PATH;
  }

  /** The URL of a webhook tool: for the sandbox's tool, the product's address at the time of use. */
  toolUrlOf(tool: Tool): string {
    const { url } = record(tool.config.api_schema);
    return typeof url === 'string' ? url : this.holder.publicUrl + REPORT_PATH;
  }

  /** The post-call webhook of an agent's conversations, and its events; undefined: none is set. */
  webhookOf(agentId: string): { webhook: Webhook; events: string[] } | undefined {
    const own = record(record(record(this.agents.get(agentId)?.platform_settings).workspace_overrides).webhooks) as {
      post_call_webhook_id?: string;
      events?: string[];
    };
    const webhook = this.webhooks.get(own.post_call_webhook_id ?? this.postCallWebhook ?? '');
    return (
      webhook && {
        webhook,
        events: own.events ?? ['transcript', 'call_initiation_failure', 'answering_machine_detection'],
      }
    );
  }

  /** The agent's tool with this name; undefined when it does not have one. */
  toolOf(agentId: string, name: string): Tool | undefined {
    const prompt = record(record(record(this.agents.get(agentId)?.conversation_config).agent).prompt);
    const ids = Array.isArray(prompt.tool_ids) ? (prompt.tool_ids as string[]) : [];
    return ids.map((id) => this.tools.get(id)).find((tool) => tool?.config.name === name);
  }

  /** A webhook tool's headers, with secrets in place of their names. */
  headersOf(tool: Tool): Record<string, string> {
    const headers = record(record(tool.config.api_schema).request_headers);
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => {
        const id = record(value).secret_id;
        return [name.toLowerCase(), typeof value === 'string' ? value : (this.secrets.get(String(id))?.value ?? '')];
      }),
    );
  }
}
