import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAgentFrame } from '../../bridge/agent-frames.ts';
import { base64Bytes, isBase64 } from '../../bridge/codec/base64.ts';
import { parseTwilioFrame, twilioWriter } from '../../bridge/twilio-frames.ts';

const media = '{"event":"media","sequenceNumber":"4","streamSid":"MZ1","media":{"track":"inbound","payload":"//8A"}}';
const audio = '{"type":"audio","audio_event":{"audio_base_64":"//8A","event_id":3}}';

/** Anything that is shaped like a message but holds something else somewhere. */
const shaped = (keys: string[], kinds: string[]): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(
      keys.map((key) => [key, fc.oneof(fc.constantFrom(...kinds), fc.anything(), fc.object({ maxDepth: 2 }))]),
    ),
    { requiredKeys: [] },
  );

describe('the readers of frames', () => {
  it('never throw, whatever a peer sends', () => {
    const twilio = shaped(
      ['event', 'media', 'start', 'mark', 'dtmf', 'stop', 'streamSid'],
      ['media', 'start', 'mark', 'dtmf', 'stop'],
    );
    const agent = shaped(
      ['type', 'audio_event', 'ping_event', 'interruption_event', 'client_tool_call', 'error_event'],
      ['audio', 'ping', 'interruption', 'client_tool_call', 'error', 'agent_response', 'user_transcript'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      twilio.map((value) => JSON.stringify(value) ?? 'undefined'),
      agent.map((value) => JSON.stringify(value) ?? 'undefined'),
      fc.nat(media.length).map((n) => media.slice(0, n)),
      fc.nat(audio.length).map((n) => audio.slice(0, n)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(typeof parseTwilioFrame(text).event).toBe('string');
        expect(typeof parseAgentFrame(text).type).toBe('string');
      }),
      { numRuns: 2000 },
    );
  });

  it('read what the providers document', () => {
    expect(parseTwilioFrame(media)).toEqual({ event: 'media', payload: '//8A' });
    expect(parseAgentFrame(audio)).toEqual({ type: 'audio', payload: '//8A', eventId: 3 });
    expect(parseTwilioFrame('{"event":"dtmf","dtmf":{"track":"inbound_track","digit":"#"}}')).toEqual({
      event: 'dtmf',
      digit: '#',
    });
    expect(parseAgentFrame('{"type":"interruption","interruption_event":{"event_id":"8"}}')).toEqual({
      type: 'interruption',
      eventId: 8,
    });
  });

  it('let only true base64 through', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(isBase64(text)).toBe(true);
        expect(base64Bytes(text)).toBe(bytes.length);
        expect(isBase64(`${text}"`)).toBe(false);
        expect(isBase64(text.slice(0, -1))).toBe(false);
      }),
    );
    for (const wrong of ['', '=', '====', 'AA=A', 'AA==\n', 'A-_A', ' AAA', 5, null])
      expect(isBase64(wrong)).toBe(false);
  });
});

describe('the writer for Twilio', () => {
  it('makes valid messages for any stream name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (streamSid, name) => {
        const write = twilioWriter(streamSid);
        expect(JSON.parse(write.media('//8A'))).toEqual({ event: 'media', streamSid, media: { payload: '//8A' } });
        expect(JSON.parse(write.mark(name))).toEqual({ event: 'mark', streamSid, mark: { name } });
        expect(JSON.parse(write.clear)).toEqual({ event: 'clear', streamSid });
      }),
    );
  });
});
