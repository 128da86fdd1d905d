import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { audioFormat, fromBytes, msOf, toBytes } from '../../sandbox/audio/formats.ts';
import { decodeMulaw, encodeMulaw } from '../../sandbox/audio/mulaw.ts';
import { CALLEES, FAULTS, worldOf } from '../../sandbox/numbers.ts';
import { understand } from '../../sandbox/talk/hearing.ts';
import { CLIPS, LANGUAGES } from '../../sandbox/talk/lines.ts';
import { Business, Caller } from '../../sandbox/talk/minds.ts';
import { NATURAL_MS, planTalk } from '../../sandbox/talk/play.ts';
import { dateOf, defaultDate, rehearsed } from '../../sandbox/talk/slot.ts';
import { say, sayCallMe, soundOfUtterance, vocabulary } from '../../sandbox/talk/utterances.ts';
import { parseXml } from '../../sandbox/twilio/xml.ts';

const SPEECH = new URL('../../sandbox/speech/', import.meta.url);

describe('the recorded speech', () => {
  it('has a file for every line, and none besides, in less than two megabytes', () => {
    const files = readdirSync(SPEECH, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav'));
    expect(files.sort()).toEqual(CLIPS.map((clip) => `${clip.language}/${clip.speaker}-${clip.name}.wav`).sort());
    expect(files.reduce((sum, name) => sum + statSync(new URL(name, SPEECH)).size, 0)).toBeLessThan(2_000_000);
  });

  it('mu-law survives a round trip', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, i) => i);
    // 0x7f and 0xff are both silence.
    expect([...encodeMulaw(decodeMulaw(codes))].filter((code, i) => code !== i)).toEqual([0xff]);
  });

  it.each(['ulaw_8000', 'pcm_8000', 'pcm_16000', 'pcm_24000', 'pcm_44100'])(
    'is understood after a passage as %s',
    (name) => {
      const format = audioFormat(name)!;
      for (const speaker of ['agent', 'business'] as const)
        for (const utterance of vocabulary(speaker).filter(({ slot }, i) => !slot || i % 29 === 0)) {
          const heard = fromBytes(toBytes(soundOfUtterance(utterance, 3), format), format);
          expect(understand(heard, speaker, 3)?.text).toBe(utterance.text);
        }
    },
  );

  it.each(LANGUAGES)('of a time at which to call is understood to the minute, in %s', (language) => {
    for (let minute = 0; minute < 1440; minute += 37) {
      const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
      const utterance = sayCallMe(language, time);
      for (const pace of [1, 3])
        expect(understand(soundOfUtterance(utterance, pace), 'business', pace)?.time).toBe(time);
    }
  });

  it('is not understood at the wrong rate, cut short, or as noise', () => {
    const sound = soundOfUtterance(say('es', 'business', 'offer', { day: 2, time: '16:00' }), 1);
    expect(understand(sound.subarray(0, sound.length * 0.6), 'business', 1)).toBeUndefined();
    expect(
      understand(fromBytes(toBytes(sound, audioFormat('pcm_16000')!), audioFormat('ulaw_8000')!), 'business', 1),
    ).toBeUndefined();
    const noise = Int16Array.from({ length: 20_000 }, (_, i) => 9000 * Math.sin(i * i));
    expect(understand(noise, 'business', 1)).toBeUndefined();
  });

  it.each(LANGUAGES)('a booking’s talk takes about as long as is said of it, in %s', (language) => {
    const slot = { day: 2, time: '16:00' };
    const end = planTalk(new Caller(language), new Business(language, 'answer-and-book', slot), 1).at(-1)!;
    expect(Math.abs(end.at - NATURAL_MS)).toBeLessThan(1500);
    const intro = say(language, 'agent', 'intro');
    expect(msOf(soundOfUtterance(intro, 2))).toBeCloseTo(msOf(soundOfUtterance(intro, 1)) / 2, -1);
  });
});

describe('days and times', () => {
  it('offers the next weekday after tomorrow', () => {
    expect(defaultDate(Date.parse('2026-11-23T12:00:00Z'))).toBe('2026-11-25');
    expect(defaultDate(Date.parse('2026-11-26T12:00:00Z'))).toBe('2026-11-30');
  });

  it('takes a heard weekday for the expected date, or for the next such day', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(dateOf({ day: 3, time: '16:00' }, '2026-11-25', now)).toBe('2026-11-25');
    expect(dateOf({ day: 2, time: '16:00' }, '2026-11-25', now)).toBe('2026-11-24');
  });

  it.each([
    ['la recepcionista ofrece el martes a las 16', { slot: { day: 2, time: '16:00' } }],
    ['ofrece el MIERCOLES a las 4:30', { slot: { day: 3, time: '16:30' } }],
    ['no tienen lugar', { behaviour: 'no-availability' }],
    ['rechaza dar el turno', { behaviour: 'answer-and-decline' }],
    ['tenés lugar el día y a la hora que te piden', {}],
  ])('a prepared answer: %s', (text, expected) => {
    expect(rehearsed(text)).toEqual(expected);
  });
});

describe('the table of numbers', () => {
  it('is the one in the README', () => {
    const readme = readFileSync(new URL('../../sandbox/README.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
    for (const [digits, { says }] of [...Object.entries(CALLEES), ...Object.entries(FAULTS)])
      expect(readme).toContain(`| \`${digits}\` | ${says} |`);
  });

  it('gives the example number a fine day', () => {
    expect(worldOf('+541143211234')).toEqual({});
    expect(worldOf('+541143212091')).toMatchObject({
      native: ['403'],
      twilio_create: ['21216'],
      callee: ['answer-and-decline'],
    });
  });
});

describe('TwiML', () => {
  it('is parsed with its entities, CDATA and comments', () => {
    const document = parseXml(
      '<?xml version="1.0"?><!-- x --><Response><Say a=\'1 &lt; 2\'>&#241;<![CDATA[ & ]]></Say><Hangup/></Response>\n',
    );
    expect(document.children).toMatchObject([
      { name: 'Say', attributes: { a: '1 < 2' }, text: 'ñ &' },
      { name: 'Hangup' },
    ]);
  });

  it.each([
    '',
    'hola',
    '<Response>',
    '<Response></Hangup>',
    '<Response/><Response/>',
    '<Response a=b/>',
    '<Response>&nbsp;</Response>',
    '<Response>a & b</Response>',
    '<!DOCTYPE x><Response/>',
    '<!DOCTYPE x [<!ENTITY a "b">]><Response>&a;</Response>',
    '<Response/>hola',
    '<Response a="x&y"/>',
    '<Response a="x<y"/>',
    '<Response a="1" a="2"/>',
    '<Response a="1"b="2"/>',
    '<Response>&#xFFFFFFFF;</Response>',
    '<Response>]]></Response>',
    ' <?xml version="1.0"?><Response/>',
  ])('%j is refused', (text) => {
    expect(() => parseXml(text)).toThrow(SyntaxError);
  });
});
