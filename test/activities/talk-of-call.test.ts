import { describe, expect, it } from '@jest/globals';
import { talkOf } from '../../activities/talk-of-call.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { ConversationSnapshot } from '../../providers/interface.ts';

const real: ConversationSnapshot = {
  conversation_id: 'conv_real',
  agent_id: 'agent_1',
  status: 'done',
  call_id: 'bk_talk00001.1',
  call_sid: 'CA1',
  turns: [],
};
const NOW = Date.parse('2026-11-30T12:00:00.000Z');

/** ElevenLabs knows one conversation, by its list alone where the call names another. */
const find = (channel: PhoneChannel, conversation_id?: string) =>
  talkOf(
    {
      conversation: async (id) => (id === real.conversation_id ? real : undefined),
      conversationsOf: async () => [real],
    },
    { call_id: 'bk_talk00001.1', channel, conversation_id },
    NOW,
  );

describe('the conversation of a call', () => {
  it('is looked for by our call_id where a registered call’s instructions named one that does not exist', async () => {
    expect(await find('registered', 'conv_unknown')).toBe(real);
    expect(await find('registered')).toBe(real);
  });

  it('is the one that the provider’s own answer, or our bridge, named', async () => {
    expect(await find('native', 'conv_real')).toBe(real);
    expect(await find('native', 'conv_unknown')).toBeUndefined();
    expect(await find('bridge', 'conv_unknown')).toBeUndefined();
  });
});
