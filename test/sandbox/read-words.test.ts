import { describe, expect, it } from '@jest/globals';
import { type Analysis, weigh } from '../../domain/proof.ts';
import { readTalk } from '../../domain/talk/read-talk.ts';
import type { SpokenTurn } from '../../domain/talk/types.ts';
import type { Behaviour } from '../../sandbox/behaviours.ts';
import { LANGUAGES, type Language } from '../../sandbox/talk/lines.ts';
import { Business, Caller, faultsWith } from '../../sandbox/talk/minds.ts';
import { heardText, planTalk } from '../../sandbox/talk/play.ts';
import { slotOf } from '../../sandbox/talk/slot.ts';
import { vocabulary } from '../../sandbox/talk/utterances.ts';

const CALLED_ON = '2026-11-25';
/** Monday. */
const DATE = '2026-11-30';
const request = { service_type: 'dentista', user_name: 'Mauro' };

/** What the product makes of the words of a talk that its agent reported as confirmed. */
function made(language: Language, behaviour: Behaviour, time: string, analysis?: Analysis) {
  const slot = slotOf(DATE, time);
  const turns: SpokenTurn[] = [];
  let reported = '';
  // Whoever answers begins in another language.
  const begins = LANGUAGES.find((one) => one !== language)!;
  const caller = new Caller(language, faultsWith(behaviour, slot));
  for (const step of planTalk(caller, new Business(begins, behaviour, slot), 1)) {
    if (step.kind === 'report') reported = step.report.slot!.time;
    if (step.kind !== 'line') continue;
    const { speaker, text } = step.utterance;
    const message = step.interrupted ? heardText(text, 0.7) : text;
    turns.push({ role: speaker, message, at_seconds: step.at / 1000 });
  }
  const finding = readTalk(turns, { called_on: CALLED_ON, called_time: '10:00', request });
  const report = { result: 'confirmed' as const, confirmed_date: DATE, confirmed_time: reported };
  return { turns, weighed: weigh(report, { finding, analysis, called_on: CALLED_ON }) };
}

describe.each(LANGUAGES)('the words of the played business, in %s', (language) => {
  it('give day and hour, at every hour that the voices can say', () => {
    const times = new Set(vocabulary('business').flatMap(({ slot }) => slot?.time ?? []));
    expect(times.size).toBe(52);
    for (const time of times) {
      const { weighed } = made(language, 'answer-and-book', time);
      expect([time, weighed]).toEqual([
        time,
        expect.objectContaining({ carried: true, confirmed_date: DATE, confirmed_time: time }),
      ]);
      expect([time, weighed.carried && weighed.proof]).toMatchObject([
        time,
        { level: 'stated', date: { role: 'business' }, time: { role: 'business' }, agreement: { role: 'business' } },
      ]);
    }
  });

  it('leave it to the analysis where the business only says goodbye', () => {
    expect(made(language, 'says-bye', '16:00').weighed).toMatchObject({
      carried: false,
      doubts: [{ code: 'not_agreed', cites: [{ turn: 3 }] }],
    });
    const analysis = { date: DATE, time: '16:00', confirmed: true };
    expect(made(language, 'says-bye', '16:00', analysis).weighed).toMatchObject({
      carried: true,
      proof: { level: 'analyzed', date: { role: 'business' }, time: { role: 'business' }, agreement: null },
    });
  });

  it.each([
    ['hedges', 'hedged', { es: 'Creo que sí', en: 'I think so' }, 3],
    ['takes-back', 'taken_back', { es: 'me equivoqué', en: 'my mistake' }, 3],
    ['other-hour', 'other_hour', { es: 'dieciséis', en: 'four' }, 1],
  ] as const)('do not carry what the agent reports where the business %s', (behaviour, code, words, turn) => {
    const { weighed } = made(language, behaviour, '16:00');
    expect(weighed).toMatchObject({
      carried: false,
      doubts: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    const [cite] = (weighed.carried ? [] : weighed.doubts).find((doubt) => doubt.code === code)!.cites;
    expect(cite).toMatchObject({ role: 'business', turn, text: expect.stringContaining(words[language]) });
  });

  it('are in the language of the agent, whichever it began in', () => {
    const { turns } = made(language, 'answer-and-book', '09:30');
    expect(turns.map(({ message }) => message)).toEqual(
      {
        es: [
          'Hola, soy Vocero, un asistente virtual. Llamo para pedir un turno. La llamada puede ser grabada.',
          'Sí, tengo lugar el lunes a las nueve y treinta. ¿Le sirve?',
          expect.stringContaining('Perfecto, entonces el lunes a las nueve y treinta.'),
          'Sí, sí, ya quedó anotado.',
          'Muchas gracias, hasta luego.',
        ],
        en: [
          'Hello, I am Vocero, a virtual assistant. I am calling for an appointment. The call may be recorded.',
          'Yes, I have a slot on Monday at nine thirty in the morning. Does that suit you?',
          expect.stringContaining('Perfect, so on Monday at nine thirty in the morning.'),
          "Yes, yes, you're booked in.",
          'Thank you very much, goodbye.',
        ],
      }[language],
    );
  });
});
