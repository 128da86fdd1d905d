import { describe, expect, it } from '@jest/globals';
import { conversationSnapshot, postCallToEvidence } from '../../providers/webhooks/index.ts';
import { CALL_SID, conversationBody } from './samples.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const event = (data: Record<string, unknown>, type = 'answering_machine_detection') =>
  postCallToEvidence({ type, event_timestamp: 1_763_899_200, data }, NOW);

describe('ElevenLabs’ webhook with the carrier’s verdict, whatever its shape', () => {
  it.each([
    ['flat', { conversation_id: 'conv_1', call_sid: CALL_SID, answered_by: 'machine_start' }],
    [
      'as Twilio has it',
      { conversation_id: 'conv_1', metadata: { body: { CallSid: CALL_SID, AnsweredBy: 'machine_start' } } },
    ],
    ['nested', { detection: { provider: 'twilio', result: 'MACHINE_START' }, phone_call: { call_sid: CALL_SID } }],
  ])('%s: evidence about the phone leg', (_, data) => {
    expect(event(data)).toMatchObject({
      type: 'machine_detection',
      call_sid: CALL_SID,
      evidence: {
        kind: 'call_status',
        source: 'detection',
        status: 'in-progress',
        call_sid: CALL_SID,
        answered_by: 'machine_start',
      },
    });
  });

  it.each([
    ['machine_start', 'voicemail'],
    ['fax', 'voicemail'],
    ['human', 'answered'],
    ['unknown', 'answered'],
    // Often a menu with people behind it.
    ['machine_end_other', 'answered'],
  ])('without a CallSid, %s is evidence about the conversation: %s', (verdict, call_result) => {
    expect(event({ conversation_id: 'conv_1', answered_by: verdict })).toMatchObject({
      type: 'machine_detection',
      conversation_id: 'conv_1',
      evidence: { kind: 'conversation', status: 'in-progress', conversation_id: 'conv_1', call_result },
    });
  });

  it.each([
    ['no verdict', { conversation_id: 'conv_1', direction: 'unknown' }],
    ['no call', { answered_by: 'human' }],
    ['nonsense', { conversation_id: 'conv_1', answered_by: { deep: [1, null] } }],
  ])('with %s is kept, and says nothing', (_, data) => {
    expect(event(data)).toMatchObject({ type: 'other', name: 'answering_machine_detection' });
  });

  it('is known by other spellings of its name', () => {
    const data = { conversation_id: 'conv_1', answered_by: 'human' };
    for (const type of ['post_call_answering_machine_detection', 'twilio_machine_detection'])
      expect(event(data, type)).toMatchObject({ type: 'machine_detection' });
  });
});

describe('what the agent did on the line', () => {
  const said = (role: string, message: string | null, tool?: [string, unknown]) => ({
    role,
    message,
    time_in_call_secs: 1,
    tool_calls: tool ? [{ tool_name: tool[0], params_as_json: JSON.stringify(tool[1]) }] : [],
  });
  const of = (status: string, ...transcript: unknown[]) =>
    conversationSnapshot({ ...conversationBody(), status, transcript })!;

  it('stands among the turns of its transcript, and is no word', () => {
    const { turns, digest, on_hold } = of(
      'done',
      said('agent', 'Hola.'),
      said('user', 'Para turnos, marque uno.'),
      said('agent', null, ['play_keypad_touch_tone', { dtmf_tones: '1' }]),
      said('user', 'Un momento.'),
      said('agent', null, ['skip_turn', {}]),
      said('agent', null, ['skip_turn', { reason: 'music' }]),
      said('user', 'Sí, dígame.'),
      said('agent', null, ['press_keys', { keys: '2 #' }]),
      said('agent', null, ['press_keys', { keys: 'no' }]),
    );
    expect(turns.map(({ message }) => message)).toEqual([
      'Hola.',
      'Para turnos, marque uno.',
      '[keys: 1]',
      'Un momento.',
      '[on hold]',
      'Sí, dígame.',
      '[keys: 2#]',
    ]);
    expect(turns[2]).toMatchObject({ role: 'agent', keys: '1' });
    expect(turns[4]).toMatchObject({ role: 'agent', on_hold: true });
    expect(digest).toMatchObject({ agent_turns: 1, business_turns: 3 });
    expect(on_hold).toBeUndefined();
  });

  it.each(['in-progress', 'done'])('and shows that the call is on hold, or was left there (%s)', (status) => {
    const waits = said('agent', null, ['skip_turn', {}]);
    expect(of(status, said('user', 'Un momento.'), waits).on_hold).toBe(true);
    expect(of(status, said('user', 'Un momento.'), waits, said('user', 'Hola.')).on_hold).toBeUndefined();
  });
});
