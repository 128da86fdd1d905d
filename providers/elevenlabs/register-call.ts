import type { RegisteredCall, Registration } from '../interface.ts';
import { messageOf } from '../mask.ts';
import type { AgentCheck } from './agent-check.ts';
import type { ElevenLabsConnection } from './client.ts';
import { conversationInit } from './initiation.ts';

/**
 * `POST /v1/convai/twilio/register-call` for a call that we placed. Asked once, never again: each answer starts a conversation. Never throws.
 */
export async function registerCall(
  connection: ElevenLabsConnection,
  agentId: string,
  { order, call_id, from, timeoutMs }: RegisteredCall,
  agent: AgentCheck | undefined,
): Promise<Registration> {
  const { type: _, ...data } = conversationInit(order, call_id, { agent });
  try {
    const answer = await connection.send(
      'POST',
      'v1/convai/twilio/register-call',
      {
        agent_id: agentId,
        from_number: from,
        to_number: order.business.phone,
        direction: 'outbound',
        conversation_initiation_client_data: data,
      },
      timeoutMs,
    );
    const twiml = await answer.text();
    return JOINS_A_STREAM.test(twiml) ? { ok: true, twiml } : refused('its answer is no TwiML that joins a stream');
  } catch (error) {
    return refused(messageOf(error));
  }
}

const refused = (why: string): Registration => ({
  ok: false,
  problem: { code: 'not_registered', message: `ElevenLabs did not take the call: ${why}` },
});

/** Its first verb is a `<Connect>` with a stream to a secure socket: all else would leave the callee without a voice. */
const JOINS_A_STREAM =
  /^\s*(?:<\?xml[^>]*\?>\s*)?<Response>\s*<Connect(?:\s[^>]*)?>\s*<Stream\s[^>]*\burl="wss:\/\/[^"]+"[^>]*>[\s\S]*<\/Response>\s*$/;
