import { mixed, mp3 } from '../audio/recording.ts';
import { type Answer, type Ask, json, media } from '../http.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { elevenError, invalid, missing } from './errors.ts';
import { conversationView, summaryView } from './view.ts';

const gone = (id: string | undefined): Answer =>
  missing('conversation_not_found', `Conversation with id ${id} not found.`);

/** The conversation that a path names, unless its scenario hides it. */
function found(world: World, ask: Ask): Conversation | undefined {
  const conversation = world.conversation(ask.params.id ?? '');
  if (!conversation || conversation.deleted) return undefined;
  return world.scenario(conversation.number).conversation === 'gone' ? undefined : conversation;
}

/** Deletes it with its transcript and sound. */
export function deleteConversation(world: World, ask: Ask): Answer {
  const conversation = found(world, ask);
  if (!conversation) return gone(ask.params.id);
  if (world.scenario(conversation.number).erase === '500')
    return elevenError(500, 'internal_error', 'internal_error', 'Something went wrong');
  conversation.deleted = true;
  conversation.transcript = [];
  conversation.forgetSound();
  return json(200, {});
}

export function getConversation(world: World, ask: Ask): Answer {
  const conversation = found(world, ask);
  return conversation ? json(200, conversationView(world, conversation)) : gone(ask.params.id);
}

/** The whole talk as MP3, once the conversation is done. */
export async function conversationAudio(world: World, ask: Ask): Promise<Answer> {
  const conversation = found(world, ask);
  if (!conversation?.hasSound)
    return missing('conversation_audio_not_found', `No audio for conversation ${ask.params.id}.`);
  return media('audio/mpeg', await mp3(mixed([conversation.sound.agent, conversation.sound.user])));
}

/** True when a conversation matches a `dynamic_variable_params` filter (`name:operator:value`). */
function hasVariable(conversation: Conversation, filter: string): boolean {
  const [name = '', operator, ...rest] = filter.split(':');
  const value = conversation.text(name);
  const wanted = rest.join(':');
  return operator === 'eq' ? value === wanted : operator === 'neq' && value !== wanted;
}

/** `GET conversations`: newest first, in pages with a cursor. */
export function listConversations(world: World, ask: Ask): Answer {
  const { query } = ask;
  for (const name of ['page_size', 'call_start_after_unix', 'call_start_before_unix']) {
    const value = query.get(name);
    if (value !== null && !/^\d+(\.\d+)?$/.test(value))
      return invalid(['query', name], 'Input should be a valid integer', 'int_parsing');
  }
  const number = (name: string): number => Math.floor(Number(query.get(name) ?? 0));
  const size = number('page_size') || 30;
  if (size > 100)
    return invalid(['query', 'page_size'], 'Input should be less than or equal to 100', 'less_than_equal');
  const after = number('call_start_after_unix');
  const before = number('call_start_before_unix') || Number.POSITIVE_INFINITY;
  const now = Date.now();
  const wanted = (name: string, value: string | undefined): boolean => !query.get(name) || query.get(name) === value;
  const matches = world.conversations.filter((conversation) => {
    const started = Math.floor(conversation.started / 1000);
    const scenario = world.scenario(conversation.number);
    return (
      wanted('agent_id', conversation.agentId) &&
      wanted('user_id', conversation.initiation.userId) &&
      started >= after &&
      started <= before &&
      query.getAll('dynamic_variable_params').every((filter) => hasVariable(conversation, filter)) &&
      !query.getAll('exclude_statuses').includes(conversation.status) &&
      (query.getAll('statuses').length === 0 || query.getAll('statuses').includes(conversation.status)) &&
      !conversation.deleted &&
      scenario.conversation !== 'gone' &&
      now - conversation.created >= scenario.list_lag_ms
    );
  });
  matches.reverse();
  // The cursor names the last listed conversation, so that new ones do not shift the pages.
  const cursor = query.get('cursor');
  const start = cursor ? matches.findIndex((conversation) => conversation.id === cursor) + 1 : 0;
  const page = matches.slice(start, start + size);
  const more = start + size < matches.length;
  return json(200, {
    conversations: page.map((conversation) => summaryView(world, conversation)),
    has_more: more,
    next_cursor: more ? page.at(-1)!.id : null,
  });
}
