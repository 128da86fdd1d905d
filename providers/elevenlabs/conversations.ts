import { ElevenLabsError } from '@elevenlabs/elevenlabs-js/errors/index.js';
import { z } from 'zod';
import { type ConversationSnapshot, ProviderUnreachable } from '../interface.ts';
import { type ElevenLabsConnection, unreachable } from './client.ts';
import { conversationSnapshot } from './conversation-snapshot.ts';

/**
 * Start times are by the provider's clock. Looking back too far costs nothing, because `call_id` tells a booking's conversations apart.
 * Looking back too little could miss a call when a clock is wrong, and ring twice.
 */
const START_SLACK_SECONDS = 3_600;
const PAGE_SIZE = 100;
/** A booking has at most about twenty attempts. */
const MAX_PAGES = 3;

const page = z.looseObject({
  conversations: z.array(z.looseObject({ conversation_id: z.string() })),
  has_more: z.boolean().nullish(),
  next_cursor: z.string().nullish(),
});

const signed = z.looseObject({ signed_url: z.string().regex(/^wss?:\/\//) });

const unreadable = (what: string) =>
  new ProviderUnreachable({ code: 'elevenlabs_unreadable', message: `${what} could not be read.` });

export async function conversation(
  connection: ElevenLabsConnection,
  conversationId: string,
): Promise<ConversationSnapshot | undefined> {
  const raw = await connection.getJson(`v1/convai/conversations/${encodeURIComponent(conversationId)}`);
  if (raw === undefined) return undefined;
  const snapshot = conversationSnapshot(raw);
  if (!snapshot) throw unreadable('The conversation');
  return snapshot;
}

/** Ids of all conversations with `user_id` = `bookingId` that started since `since`, newest first. */
export async function conversationIdsOf(
  connection: ElevenLabsConnection,
  bookingId: string,
  since: string,
): Promise<string[]> {
  const after = Math.max(0, Math.floor(Date.parse(since) / 1000) - START_SLACK_SECONDS);
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let n = 0; n < MAX_PAGES; n++) {
    const query = new URLSearchParams({
      user_id: bookingId,
      call_start_after_unix: String(after),
      page_size: String(PAGE_SIZE),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const parsed = page.safeParse(await connection.getJson(`v1/convai/conversations?${query}`));
    if (!parsed.success) throw unreadable('The list of conversations');
    ids.push(...parsed.data.conversations.map((each) => each.conversation_id));
    cursor = parsed.data.next_cursor ?? undefined;
    if (!parsed.data.has_more || cursor === undefined) break;
  }
  return ids;
}

/** The conversations themselves. */
export async function conversationsOf(
  connection: ElevenLabsConnection,
  bookingId: string,
  since: string,
): Promise<ConversationSnapshot[]> {
  const ids = await conversationIdsOf(connection, bookingId, since);
  const found = await Promise.all(ids.map((id) => conversation(connection, id)));
  return found.filter((each) => each !== undefined);
}

/** A missing conversation counts as erased. */
export async function eraseConversation(connection: ElevenLabsConnection, conversationId: string): Promise<void> {
  try {
    await connection.send('DELETE', `v1/convai/conversations/${encodeURIComponent(conversationId)}`);
  } catch (error) {
    if (error instanceof ElevenLabsError && error.statusCode === 404) return;
    throw unreachable(error);
  }
}

/** undefined: no audio (yet). */
export async function conversationAudio(
  connection: ElevenLabsConnection,
  conversationId: string,
): Promise<{ content: Uint8Array; content_type: string } | undefined> {
  const response = await connection.get(`v1/convai/conversations/${encodeURIComponent(conversationId)}/audio`);
  if (response === undefined) return undefined;
  try {
    const content = new Uint8Array(await response.arrayBuffer());
    const type = response.headers.get('content-type')?.split(';')[0]?.trim();
    return content.length > 0 ? { content, content_type: type?.startsWith('audio/') ? type : 'audio/mpeg' } : undefined;
  } catch (error) {
    throw unreachable(error);
  }
}

/** A URL for one agent socket: opaque, valid for 15 minutes. */
export async function signedUrl(connection: ElevenLabsConnection, agentId: string): Promise<string> {
  try {
    const path = `v1/convai/conversation/get-signed-url?${new URLSearchParams({ agent_id: agentId })}`;
    const url = signed.safeParse(await (await connection.send('GET', path)).json()).data?.signed_url;
    if (url) return url;
  } catch (error) {
    throw unreachable(error);
  }
  throw unreadable('The signed URL');
}
