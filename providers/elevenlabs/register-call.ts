import type { Problem } from '../../domain/evidence.ts';
import type { RegisteredCall, Registration } from '../interface.ts';
import { elevenLabsProblem } from './classify.ts';
import { type ElevenLabsConnection, readJson } from './client.ts';
import { conversationInit, type TalkSetting } from './initiation.ts';

/**
 * `POST /v1/convai/twilio/register-call` for a call that we placed. Sends one request and never retries: each answer starts a conversation.
 * Never throws.
 */
export async function registerCall(
  connection: ElevenLabsConnection,
  agentId: string,
  { order, call_id, from, timeoutMs }: RegisteredCall,
  setting: TalkSetting,
): Promise<Registration> {
  const { type: _, ...data } = conversationInit(order, call_id, setting);
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
    // The API description calls the answer JSON: text in quotes is accepted, too.
    const twiml = readJson(await answer.text());
    if (!isTwiml(twiml)) return { ok: false, problem: NO_STREAM };
    const conversation_id = NAMED.exec(twiml)?.[2];
    return { ok: true, twiml, ...(conversation_id ? { conversation_id } : {}) };
  } catch (error) {
    return { ok: false, problem: elevenLabsProblem(error) };
  }
}

const NO_STREAM: Problem = {
  code: 'elevenlabs_unreadable',
  message: 'The answer is not TwiML that joins the call to a stream.',
};

/** The first verb must be a `<Connect>` with a stream to a secure socket: anything else would leave the callee without a voice. */
const JOINS_A_STREAM =
  /^\s*(?:<\?xml[^>]*\?>\s*)?<Response(?:\s[^>]*)?>\s*<Connect(?:\s[^>]*)?>\s*<Stream\s[^>]*\burl=(["'])wss:\/\/[^"'<>]+\1[^>]*>[\s\S]*<\/Response>\s*$/;
/** Not documented, and rarely needed: it finds a call sooner when both its post-call webhook and its list entry are late. */
const NAMED = /<Parameter\s[^>]*\bname=(["'])conversation_id\1[^>]*\bvalue=["']([\w-]{1,100})["']/;
/** Maximum that Twilio reads. */
const MAX_TWIML = 64 * 1_024;

const isTwiml = (answer: unknown): answer is string =>
  typeof answer === 'string' && answer.length <= MAX_TWIML && JOINS_A_STREAM.test(answer);
