import { createHmac } from 'node:crypto';
import { mixed, mp3 } from '../audio/recording.ts';
import { deliver } from '../deliver.ts';
import { pause } from '../pause.ts';
import type { Hook, World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import type { Tool, Webhook } from './resources.ts';
import { conversationView } from './view.ts';

/** A webhook tool's default `response_timeout_secs`. */
const TOOL_TIMEOUT_MS = 20_000;
/** Retry times of a transcription webhook that was answered 5xx, 429 or 408. */
const RETRY_MS = [30_000, 120_000, 480_000, 1_800_000];

function signElevenLabs(secret: string, at: number, body: string): string {
  return `t=${at},v0=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

/** A configured URL. A scenario's `public_url` replaces all of it except the path. */
function addressFor(world: World, number: string, configured: string): { url: string; publicUrl: string } {
  const other = world.scenario(number).public_url?.replace(/\/+$/, '');
  if (!other || !URL.canParse(configured)) return { url: configured, publicUrl: other ?? world.publicUrl };
  const { pathname, search } = new URL(configured);
  return { url: other + pathname + search, publicUrl: other };
}

/** Sends one signed body to a webhook. */
async function send(
  world: World,
  number: string,
  type: string,
  body: string,
  webhook: Webhook,
  secret = webhook.secret,
  kind: Hook['kind'] = 'post-call',
): Promise<Hook> {
  const { url, publicUrl } = addressFor(world, number, world.workspace.urlOf(webhook));
  const { hook } = await deliver(world, {
    kind,
    number,
    detail: type,
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'ElevenLabs/1.0',
      'elevenlabs-signature': signElevenLabs(secret, Math.floor(Date.now() / 1000), body),
    },
    body,
    publicUrl,
    timeoutMs: 30_000,
  });
  return hook;
}

/** The webhook for one kind of event of a conversation; undefined, with a note, when there is none. */
function wantedWebhook(world: World, { agentId, number }: Conversation, event: string): Webhook | undefined {
  const set = world.workspace.webhookOf(agentId);
  if (set?.events.includes(event) && !set.webhook.disabled && !set.webhook.autoDisabled) return set.webhook;
  world.note(number, `no webhook of the agent is told of ${event}`);
  return undefined;
}

const envelope = (type: string, data: unknown): string =>
  JSON.stringify({ type, event_timestamp: Math.floor(Date.now() / 1000), data });

/** Sends the transcription webhook, as often and as late as the scenario orders; then the audio webhook, when it is enabled. */
export async function postCall(world: World, conversation: Conversation): Promise<void> {
  const scenario = world.scenario(conversation.number);
  const wanted = wantedWebhook(world, conversation, 'transcript');
  if (!wanted) return;
  const type = 'post_call_transcription';
  if (scenario.post_call === 'missing') return;
  if (scenario.post_call === 'late') await pause(scenario.post_late_ms);
  const body = envelope(type, conversationView(world, conversation));
  if (scenario.post_call === 'forged')
    await send(world, conversation.number, type, body, wanted, `forged-${wanted.secret}`);
  // A repeat has exactly the same payload.
  for (let n = 0; n < (scenario.post_call === 'duplicate' ? 3 : 1); n++) {
    let hook = await send(world, conversation.number, type, body, wanted);
    for (const ms of wanted.retries ? RETRY_MS : []) {
      if (hook.code !== 0 && hook.code < 500 && hook.code !== 429 && hook.code !== 408) break;
      await pause(ms);
      if (world.closing.signal.aborted) return;
      hook = await send(world, conversation.number, type, body, wanted);
    }
  }
  if (!scenario.post_audio || !conversation.hasSound) return;
  const audio = await mp3(mixed([conversation.sound.agent, conversation.sound.user]));
  const { agentId, id } = conversation;
  const data = { agent_id: agentId, conversation_id: id, full_audio: audio.toString('base64') };
  await send(world, conversation.number, 'post_call_audio', envelope('post_call_audio', data), wanted);
}

/** `call_initiation_failure`: the phone was not answered. Sent once. */
export async function postFailure(
  world: World,
  conversation: Conversation,
  reason: string,
  body: Record<string, string>,
): Promise<void> {
  const webhook = wantedWebhook(world, conversation, 'call_initiation_failure');
  if (!webhook) return;
  const { agentId, id } = conversation;
  const type = 'call_initiation_failure';
  const data = { agent_id: agentId, conversation_id: id, failure_reason: reason, metadata: { type: 'twilio', body } };
  await send(world, conversation.number, type, envelope(type, data), webhook);
}

/** `answering_machine_detection`: the carrier's verdict on a native call. Its shape is a guess. */
export async function postDetection(world: World, conversation: Conversation, verdict: string): Promise<void> {
  const webhook = wantedWebhook(world, conversation, 'answering_machine_detection');
  if (!webhook) return;
  const { agentId, id, call } = conversation;
  const type = 'answering_machine_detection';
  const data = { agent_id: agentId, conversation_id: id, call_sid: call?.sid, answered_by: verdict };
  await send(world, conversation.number, type, envelope(type, data), webhook, webhook.secret, 'amd');
}

/** The agent's server tool: a flat JSON body, and the tool's headers. */
export async function callTool(
  world: World,
  number: string,
  tool: Tool,
  parameters: Record<string, unknown>,
  headers = world.workspace.headersOf(tool),
): Promise<{ answer: string; failed: boolean }> {
  const { url, publicUrl } = addressFor(world, number, world.workspace.toolUrlOf(tool));
  const { hook } = await deliver(world, {
    kind: 'report_result',
    number,
    detail: String(parameters.result),
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(parameters),
    publicUrl,
    timeoutMs: TOOL_TIMEOUT_MS,
  });
  const failed = hook.code < 200 || hook.code > 299;
  return { answer: hook.answer || hook.error || '', failed };
}
