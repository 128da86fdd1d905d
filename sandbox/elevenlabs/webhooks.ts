import { createHmac } from 'node:crypto';
import { mixed, mp3 } from '../audio/recording.ts';
import { deliver } from '../deliver.ts';
import { pause } from '../pause.ts';
import type { Hook, World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { conversationView } from './view.ts';

const POST_CALL = '/api/elevenlabs/post-call';
const TOOL = '/api/elevenlabs/tools/report_result';
/** A webhook tool's default `response_timeout_secs`. */
const TOOL_TIMEOUT_MS = 20_000;
/** When a transcription webhook that was answered 5xx, 429 or 408 is sent again. */
const RETRY_MS = [30_000, 120_000, 480_000, 1_800_000];

export function signElevenLabs(secret: string, at: number, body: string): string {
  return `t=${at},v0=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}

const baseOf = (world: World, number: string): string =>
  (world.scenario(number).public_url ?? world.publicUrl).replace(/\/+$/, '');

/** Sends one signed body to the post-call endpoint. */
async function send(world: World, number: string, type: string, body: string, secret: string): Promise<Hook> {
  const base = baseOf(world, number);
  const { hook } = await deliver(world, {
    kind: 'post-call',
    number,
    detail: type,
    url: base + POST_CALL,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'ElevenLabs/1.0',
      'elevenlabs-signature': signElevenLabs(secret, Math.floor(Date.now() / 1000), body),
    },
    body,
    publicUrl: base,
    timeoutMs: 30_000,
  });
  return hook;
}

const envelope = (type: string, data: unknown): string =>
  JSON.stringify({ type, event_timestamp: Math.floor(Date.now() / 1000), data });

/** The transcription webhook, as often and as late as the scenario wants; then the audio one, when it is on. */
export async function postCall(world: World, conversation: Conversation): Promise<void> {
  const scenario = world.scenario(conversation.number);
  const { webhookSecret } = world.account;
  const type = 'post_call_transcription';
  if (scenario.post_call === 'missing') return;
  if (scenario.post_call === 'late') await pause(scenario.post_late_ms);
  const body = envelope(type, conversationView(world, conversation));
  if (scenario.post_call === 'forged') await send(world, conversation.number, type, body, `forged-${webhookSecret}`);
  // A repeat has the very same payload.
  for (let n = 0; n < (scenario.post_call === 'duplicate' ? 3 : 1); n++) {
    let hook = await send(world, conversation.number, type, body, webhookSecret);
    for (const ms of RETRY_MS) {
      if (hook.code !== 0 && hook.code < 500 && hook.code !== 429 && hook.code !== 408) break;
      await pause(ms);
      if (world.closing.signal.aborted) return;
      hook = await send(world, conversation.number, type, body, webhookSecret);
    }
  }
  if (!scenario.post_audio || !conversation.hasSound) return;
  const audio = await mp3(mixed([conversation.sound.agent, conversation.sound.user]));
  const { agentId, id } = conversation;
  const data = { agent_id: agentId, conversation_id: id, full_audio: audio.toString('base64') };
  await send(world, conversation.number, 'post_call_audio', envelope('post_call_audio', data), webhookSecret);
}

/** `call_initiation_failure`: the phone was not answered. Never sent twice. */
export function postFailure(
  world: World,
  conversation: Conversation,
  reason: string,
  body: Record<string, string>,
): Promise<Hook> {
  const { agentId, id } = conversation;
  const type = 'call_initiation_failure';
  const data = { agent_id: agentId, conversation_id: id, failure_reason: reason, metadata: { type: 'twilio', body } };
  return send(world, conversation.number, type, envelope(type, data), world.account.webhookSecret);
}

/** The agent's server tool: a flat JSON body and a bearer secret. */
export async function callTool(
  world: World,
  number: string,
  parameters: Record<string, unknown>,
  secret = world.account.toolSecret,
): Promise<{ answer: string; failed: boolean }> {
  const base = baseOf(world, number);
  const { hook } = await deliver(world, {
    kind: 'report_result',
    number,
    detail: String(parameters.result),
    url: base + TOOL,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(parameters),
    publicUrl: base,
    timeoutMs: TOOL_TIMEOUT_MS,
  });
  const failed = hook.code < 200 || hook.code > 299;
  return { answer: hook.answer || hook.error || '', failed };
}
