import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAgentFrame } from '../../bridge/agent-frames.ts';
import {
  AudioCut,
  type AudioCutter,
  agentAudioCutter,
  bytesBetween,
  twilioMediaCutter,
} from '../../bridge/audio-cutter.ts';
import { parseTwilioFrame } from '../../bridge/twilio-frames.ts';

const base64 = fc.uint8Array({ minLength: 1, maxLength: 330 }).map((bytes) => Buffer.from(bytes).toString('base64'));

/** As Twilio documents it, its numbers as strings. */
const media = (payload: string): string =>
  `{"event":"media","sequenceNumber":"4","media":{"track":"inbound","chunk":"2","timestamp":"5","payload":"${payload}"},"streamSid":"MZ18ad3ab5a668481ce02b83e7395059f0"}`;
const audio = (payload: string): string =>
  `{"type":"audio","audio_event":{"audio_base_64":"${payload}","event_id":67}}`;

const found = (cutter: AudioCutter, text: string | Buffer): { payload: string; eventId: number } | undefined => {
  const message = Buffer.from(text as string);
  const cut = new AudioCut();
  if (!cutter.cut(message, cut)) return undefined;
  return { payload: message.toString('latin1', cut.start, cut.end), eventId: cut.eventId };
};

/** Members of an object, in any order, some of them strange. */
const plain = fc.oneof(
  fc.constantFrom('"x"', '"1"', '7', '0', '12345678901234567890', '007', '-1', '1.5', '""'),
  base64.map((b) => `"${b}"`),
);
const strange = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '"\\"payload\\":\\"AAAA\\""',
    '"a\\\\"',
    '"\\u0041"',
    '"ñ😀"',
    '{"payload":"AAAA"}',
    '["AAAA"]',
    'null',
    'true',
    '"\t"',
    '" "',
  ),
);
const keys = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'event',
      'type',
      'media',
      'audio_event',
      'payload',
      'audio_base_64',
      'event_id',
      'track',
      'chunk',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('x\\"payload', '__proto__', 'med\\u0069a', 'ñ', '') },
);
const member = fc
  .tuple(keys, fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: strange }))
  .map(([key, value]) => `"${key}":${value}`);
const object = (own: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.tuple(...own),
      fc.array(member, { maxLength: 2 }),
      fc.constantFrom(',', ',', ',', ', ', ',,'),
      fc.infiniteStream(fc.nat()),
    )
    .map(([mine, more, comma, order]) => {
      const all = [...mine, ...more].map((text) => ({ text, at: order.next().value as number }));
      return `{${all
        .toSorted((a, b) => a.at - b.at)
        .map(({ text }) => text)
        .join(comma)}}`;
    });
const payloads = fc.oneof(
  { weight: 5, arbitrary: base64 },
  { weight: 1, arbitrary: fc.constantFrom('', '=', 'A===', 'AA=A', 'A-_A', 'AAA', 'AA A') },
);
const likeMedia = object([
  fc.constant('"event":"media"'),
  object([payloads.map((value) => `"payload":"${value}"`)]).map((inner) => `"media":${inner}`),
]);
const likeAudio = object([
  fc.constant('"type":"audio"'),
  object([payloads.map((value) => `"audio_base_64":"${value}"`), fc.nat().map((id) => `"event_id":${id}`)]).map(
    (inner) => `"audio_event":${inner}`,
  ),
]);

/** One byte changed, taken out or put in; or the end cut off; or something after it. */
const damaged = (text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(text, fc.constantFrom('none', 'none', 'change', 'take', 'put', 'end', 'after'), fc.nat(), fc.nat(255))
    .map(([whole, how, where, byte]) => {
      const message = Buffer.from(whole);
      const at = where % message.length;
      const before = message.subarray(0, at);
      if (how === 'none') return message;
      if (how === 'end') return before;
      if (how === 'after') return Buffer.concat([message, Buffer.of(byte)]);
      if (how === 'take') return Buffer.concat([before, message.subarray(at + 1)]);
      return Buffer.concat([before, Buffer.of(byte), message.subarray(how === 'put' ? at : at + 1)]);
    });

describe('the cutter', () => {
  it('finds the audio in the messages that the providers document', () => {
    fc.assert(
      fc.property(base64, (payload) => {
        expect(found(twilioMediaCutter(), media(payload))).toEqual({ payload, eventId: Number.NaN });
        expect(found(agentAudioCutter(), audio(payload))).toEqual({ payload, eventId: 67 });
        expect(bytesBetween(Buffer.from(payload), 0, payload.length)).toBe(Buffer.from(payload, 'base64').length);
      }),
    );
  });

  it('sees what the full parser sees, or nothing, whatever a peer sends', () => {
    const seen = { cut: 0, left: 0 };
    fc.assert(
      fc.property(damaged(fc.oneof(likeMedia, base64.map(media))), (message) => {
        const cut = found(twilioMediaCutter(), message);
        if (cut) seen.cut++;
        else seen.left++;
        if (cut) expect(parseTwilioFrame(message.toString())).toEqual({ event: 'media', payload: cut.payload });
      }),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(damaged(fc.oneof(likeAudio, base64.map(audio))), (message) => {
        const cut = found(agentAudioCutter(), message);
        if (!cut) return;
        const eventId = Number.isNaN(cut.eventId) ? Number.POSITIVE_INFINITY : cut.eventId;
        expect(parseAgentFrame(message.toString())).toEqual({ type: 'audio', payload: cut.payload, eventId });
      }),
      { numRuns: 20_000 },
    );
    // Both ways were taken often enough to mean something.
    expect(seen.cut).toBeGreaterThan(2_000);
    expect(seen.left).toBeGreaterThan(2_000);
  });

  it('leaves to the parser what it cannot be sure of', () => {
    const cutter = twilioMediaCutter();
    for (const text of [
      '{"event":"media","media":{"payload":"AAAA"},"media":{"payload":"BBBB"}}',
      '{"event":"media","media":{"payload":"AAAA","payload":"BBBB"}}',
      '{"event":"media","event":"stop","media":{"payload":"AAAA"}}',
      '{"event":"mark","media":{"payload":"AAAA"}}',
      '{"x\\"media":{"payload":"AAAA"},"event":"media"}',
      '{"event":"media","media":{"payload":"AAAA"}',
      '{"event":"media","media":{"payload":"AAAA"}}}',
      '{"event":"media","media":{"payload":"AA\\u0041A"}}',
      ' {"event":"media","media":{"payload":"AAAA"}}',
      '',
    ]) {
      expect(found(cutter, text)).toBeUndefined();
    }
  });

  it('takes a huge payload as well as a small one', () => {
    const payload = Buffer.alloc(1_000_000, 7).toString('base64');
    expect(found(agentAudioCutter(), audio(payload))?.payload).toBe(payload);
  });
});
