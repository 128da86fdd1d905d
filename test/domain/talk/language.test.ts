import { describe, expect, it } from '@jest/globals';
import { judge } from '../../../domain/judge.ts';
import { readTalk } from '../../../domain/talk/read-talk.ts';

const CONTEXT = {
  called_on: '2026-11-27',
  called_time: '10:00',
  request: { service_type: 'dentista', user_name: 'Mauro' },
};
const SPANISH = [
  'Hola, llamo para pedir un turno con el dentista para Mauro, ¿tienen lugar el martes a la tarde?',
  'Perfecto, entonces el martes primero a las 16. ¿Queda anotado?',
  'Muchas gracias, hasta el martes.',
];
const ENGLISH = [
  "Hello, I'm calling to book an appointment with the dentist for Mauro. Do you have anything on Tuesday?",
  'Great, so Tuesday the first at 4 pm. Is that booked?',
  'Thank you, goodbye.',
];

/** Agent and business by turns, the business first. */
const talk = (business: readonly string[], agent: readonly string[]) =>
  business.flatMap((message, n) => [
    { role: 'business' as const, message },
    { role: 'agent' as const, message: agent[n] ?? agent.at(-1)! },
  ]);

const UNREAD: [string, string[]][] = [
  [
    'Catalan',
    ['Clínica dental, bon dia.', 'Sí, dimarts a les quatre de la tarda tenim lloc.', 'Molt bé, queda apuntat.'],
  ],
  ['Hungarian', ['Fogászat, jó napot kívánok.', 'Igen, kedden délután négykor tudjuk fogadni.', 'Rendben, felírtam.']],
  ['Portuguese', ['Consultório, bom dia.', 'Sim, terça às dezesseis horas temos.', 'Está marcado, até terça.']],
  ['Galician', ['Clínica dental, bos días.', 'Si, o martes ás catro da tarde temos oco.', 'Moi ben, queda apuntado.']],
  ['Basque', ['Hortz klinika, egun on.', 'Bai, asteartean lauretan.', 'Ongi, agur.']],
  ['French', ['Cabinet dentaire, bonjour.', 'Oui, mardi à seize heures.', 'Très bien, c’est noté, merci.']],
  ['German', ['Zahnarztpraxis, guten Morgen.', 'Ja, Dienstag um sechzehn Uhr geht.', 'Ist notiert, danke.']],
  ['Polish', ['Gabinet, dzień dobry.', 'Tak, we wtorek o szesnastej.', 'Dobrze, zapisane.']],
  ['Chinese, with digits', ['您好，牙科诊所。', '好的，星期二16:00可以。', '好，已经登记了。']],
  ['Arabic, with digits', ['صباح الخير، عيادة الأسنان.', 'نعم، يوم الثلاثاء الساعة 4.', 'تم الحجز.']],
  ['Russian, with digits', ['Стоматология, добрый день.', 'Да, во вторник в 16:00.', 'Записала.']],
  ['Greek, with digits', ['Οδοντιατρείο, καλημέρα.', 'Ναι, την Τρίτη στις 16:00.', 'Το έγραψα.']],
];

describe('a talk in which the business speaks a language that is not read', () => {
  it.each(UNREAD)('is not read: %s', (_name, business) => {
    for (const agent of [SPANISH, ENGLISH, business]) {
      expect(readTalk(talk(business, agent), CONTEXT)).toEqual({
        called_on: '2026-11-27',
        readable: false,
        doubts: [],
      });
    }
  });

  it.each(UNREAD)('leaves the report a claim: %s', (_name, business) => {
    const report = { result: 'confirmed' as const, confirmed_date: '2026-12-01', confirmed_time: '16:00' };
    expect(judge({ ...CONTEXT, turns: talk(business, SPANISH), report })).toMatchObject({
      result: 'confirmed',
      proof: { level: 'claimed', date: null, time: null, agreement: null },
    });
  });
});

describe('a talk in a language that is read', () => {
  it.each([
    ['few words, most of them names', ['Clínica Bon Dia.', 'Dale.', 'Va.'], SPANISH],
    [
      'a greeting of another language',
      ['Bon dia, consultorio.', 'El martes a las 16.', 'Listo, quedó anotado.'],
      SPANISH,
    ],
    ['words that other languages have too', ['Sí, aló.', 'No, sí.', 'Va, sí, o sea.'], SPANISH],
    ['one word in another script', ['Ресторан Pushkin.', 'Yes, Tuesday at 4 is fine.', "You're all set."], ENGLISH],
    ['what was half heard', ['um', 'um, was... das... an', 'die... ja, ok, Tuesday at four'], ENGLISH],
  ])('stays readable with %s', (_name, business, agent) => {
    expect(readTalk(talk(business, agent), CONTEXT).readable).toBe(true);
  });
});
