import { randomBytes } from 'node:crypto';
import { type Handler, json, jsonBody, type Router } from '../http.ts';
import type { World } from '../world.ts';
import { AgentTests } from './agent-tests.ts';
import { agentView, createAgent, deleteAgent, listAgents, noAgent, updateAgent } from './agents.ts';
import { record } from './conversation.ts';
import { conversationAudio, deleteConversation, getConversation, listConversations } from './conversations.ts';
import { elevenError, invalid } from './errors.ts';
import { outboundCall } from './outbound.ts';
import { getNumber, importNumber, listNumbers, updateNumber } from './phone-numbers.ts';
import { registerCall } from './register-call.ts';
import { createSecret, listSecrets, updateSecret } from './secrets.ts';
import { simulate } from './simulate.ts';
import { createTool, deleteTool, getTool, listTools, updateTool } from './tools.ts';
import { textToDialogue, textToSpeech } from './voices.ts';
import { createWebhook, deleteWebhook, listWebhooks, updateWebhook } from './workspace-webhooks.ts';

const SIGNED_MS = 15 * 60_000;
/** Spellings of the signed-URL endpoint in the documentation and in releases of the SDK. */
const SIGNED_URL_PATHS = ['conversation', 'conversations'].flatMap((noun) =>
  ['get-signed-url', 'get_signed_url'].map((verb) => `/v1/convai/${noun}/${verb}`),
);

/** Signatures that admit an agent socket, each for 15 minutes. */
export class Signatures {
  private readonly issued = new Map<string, number>();

  issue(): string {
    const now = Date.now();
    for (const [signature, at] of this.issued) if (now - at > SIGNED_MS) this.issued.delete(signature);
    const signature = `cvtkn_${randomBytes(16).toString('hex')}`;
    this.issued.set(signature, now);
    return signature;
  }

  valid(signature: string | null): boolean {
    const at = signature === null ? undefined : this.issued.get(signature);
    return at !== undefined && Date.now() - at <= SIGNED_MS;
  }
}

/** ElevenLabs' REST API, as far as calls, conversations, agents, tests, voices and the set-up of an account need it. */
export function mountElevenLabs(router: Router, world: World, signatures: Signatures): void {
  const on = (method: string, path: string, handler: Handler): void =>
    router.on(method, path, (ask) =>
      ask.request.headers['xi-api-key'] === world.account.apiKey
        ? handler(ask)
        : elevenError(401, 'authentication_error', 'invalid_api_key', 'Invalid API key'),
    );
  on('POST', '/v1/convai/twilio/outbound-call', (ask) => outboundCall(world, ask));
  on('POST', '/v1/convai/twilio/register-call', (ask) => registerCall(world, ask));
  for (const path of SIGNED_URL_PATHS)
    on('GET', path, (ask) => {
      const agentId = ask.query.get('agent_id');
      if (!agentId) return invalid(['query', 'agent_id']);
      if (!agentView(world, agentId)) return noAgent(agentId);
      const query = new URLSearchParams({ agent_id: agentId, conversation_signature: signatures.issue() });
      return json(200, { signed_url: `${world.url.replace(/^http/, 'ws')}/v1/convai/conversation?${query}` });
    });
  on('GET', '/v1/convai/conversations', (ask) => listConversations(world, ask));
  on('GET', '/v1/convai/conversations/{id}', (ask) => getConversation(world, ask));
  on('DELETE', '/v1/convai/conversations/{id}', (ask) => deleteConversation(world, ask));
  on('GET', '/v1/convai/conversations/{id}/audio', (ask) => conversationAudio(world, ask));
  on('GET', '/v1/convai/agents/{id}', (ask) => {
    const view = agentView(world, ask.params.id ?? '');
    return view ? json(200, view) : noAgent(ask.params.id);
  });
  mountAccount(on, world);
  const tests = new AgentTests(world);
  on('POST', '/v1/convai/agent-testing/create', (ask) => tests.create(ask));
  on('DELETE', '/v1/convai/agent-testing/{id}', (ask) => tests.remove(ask));
  on('POST', '/v1/convai/agents/{id}/run-tests', (ask) =>
    agentView(world, ask.params.id ?? '') ? tests.run(ask) : noAgent(ask.params.id),
  );
  on('GET', '/v1/convai/test-invocations/{id}', (ask) => tests.invocation(ask));
  for (const suffix of ['', '/stream']) {
    on('POST', `/v1/convai/agents/{id}/simulate-conversation${suffix}`, (ask) => simulate(world, ask));
    on('POST', `/v1/text-to-dialogue${suffix}`, textToDialogue);
    on('POST', `/v1/text-to-speech/{voice}${suffix}`, textToSpeech);
  }
}

/** Endpoints for the set-up of an account: agents, tools, secrets, webhooks, phone numbers. */
function mountAccount(on: (method: string, path: string, handler: Handler) => void, world: World): void {
  on('GET', '/v1/convai/agents', (ask) => listAgents(world, ask));
  on('POST', '/v1/convai/agents/create', (ask) => createAgent(world, ask));
  on('PATCH', '/v1/convai/agents/{id}', (ask) => updateAgent(world, ask));
  on('DELETE', '/v1/convai/agents/{id}', (ask) => deleteAgent(world, ask));
  on('GET', '/v1/convai/tools', (ask) => listTools(world, ask));
  on('POST', '/v1/convai/tools', (ask) => createTool(world, ask));
  on('GET', '/v1/convai/tools/{id}', (ask) => getTool(world, ask));
  on('PATCH', '/v1/convai/tools/{id}', (ask) => updateTool(world, ask));
  on('DELETE', '/v1/convai/tools/{id}', (ask) => deleteTool(world, ask));
  on('GET', '/v1/convai/secrets', (ask) => listSecrets(world, ask));
  on('POST', '/v1/convai/secrets', (ask) => createSecret(world, ask));
  on('PATCH', '/v1/convai/secrets/{id}', (ask) => updateSecret(world, ask));
  on('GET', '/v1/workspace/webhooks', () => listWebhooks(world));
  on('POST', '/v1/workspace/webhooks', (ask) => createWebhook(world, ask));
  on('PATCH', '/v1/workspace/webhooks/{id}', (ask) => updateWebhook(world, ask));
  on('DELETE', '/v1/workspace/webhooks/{id}', (ask) => deleteWebhook(world, ask));
  const settings = () =>
    json(200, {
      conversation_initiation_client_data_webhook: world.workspace.inboundWebhook,
      webhooks: { post_call_webhook_id: world.workspace.postCallWebhook ?? null, send_audio: false },
      can_use_mcp_servers: false,
      rag_retention_period_days: 10,
    });
  on('GET', '/v1/convai/settings', settings);
  on('PATCH', '/v1/convai/settings', (ask) => {
    const body = jsonBody(ask);
    const webhook = body?.conversation_initiation_client_data_webhook;
    if (webhook !== undefined && webhook !== null && typeof record(webhook).url !== 'string')
      return invalid(['body', 'conversation_initiation_client_data_webhook', 'url']);
    if (webhook !== undefined) world.workspace.initiation = webhook === null ? null : record(webhook);
    return settings();
  });
  on('GET', '/v1/convai/phone-numbers', () => listNumbers(world));
  on('POST', '/v1/convai/phone-numbers', (ask) => importNumber(world, ask));
  on('GET', '/v1/convai/phone-numbers/{id}', (ask) => getNumber(world, ask));
  on('PATCH', '/v1/convai/phone-numbers/{id}', (ask) => updateNumber(world, ask));
}
