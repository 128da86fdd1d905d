import { describe, expect, it } from '@jest/globals';
import { weigh } from '../../../domain/proof.ts';
import { readTalk } from '../../../domain/talk/read-talk.ts';
import type { DoubtCode, SpokenTurn } from '../../../domain/talk/types.ts';

/** A Tuesday. */
const CALLED_ON = '2027-02-16';
const DENTIST = { service_type: 'dentista', user_name: 'Marta Rojas', special_requests: 'limpieza' };
const GARAGE = { service_type: 'garage', user_name: 'Paul Hart', special_requests: 'brakes' };

const HELLO_ES =
  'A: Buenos días, soy un asistente automático, llamo de parte de Marta Rojas. Necesita una limpieza el jueves.';
const HELLO_EN = 'A: Hello, an automated assistant calling for Paul Hart. He needs his brakes checked on Thursday.';

function turnsOf(lines: readonly string[]): SpokenTurn[] {
  return lines.map((line) => ({ role: line.startsWith('A: ') ? 'agent' : 'business', message: line.slice(3) }));
}

function judged(language: 'es' | 'en', lines: readonly string[]) {
  const request = language === 'es' ? DENTIST : GARAGE;
  const hello =
    language === 'es' ? ['B: clínica dental, buenos días', HELLO_ES] : ['B: Hart Lane Garage, morning', HELLO_EN];
  const finding = readTalk(turnsOf([...hello, ...lines]), { called_on: CALLED_ON, called_time: '10:00', request });
  return finding;
}

/** The talk goes on after a greeting (turn 0) and the errand (turn 1). */
type Given = readonly [
  rule: string,
  language: 'es' | 'en',
  lines: readonly string[],
  slot: string,
  words: string,
  turn: number,
];
const THURSDAY = '2027-02-18';

const GIVEN: readonly Given[] = [
  [
    'the business states it and writes it down, es',
    'es',
    ['B: el jueves dieciocho a las cuatro de la tarde, ya la anoté', 'A: Muchas gracias.', 'B: a usted, hasta luego'],
    '2027-02-18 16:00',
    'ya la anoté',
    2,
  ],
  [
    'the business states it and writes it down, en',
    'en',
    [
      "B: Thursday the eighteenth at four in the afternoon, I've got him down",
      'A: Thank you very much.',
      'B: cheers, bye',
    ],
    '2027-02-18 16:00',
    "I've got him down",
    2,
  ],
  [
    'the agent reads it back, the business says yes, es',
    'es',
    [
      'B: tengo el jueves a las cuatro de la tarde',
      'A: ¿Entonces el jueves dieciocho a las cuatro de la tarde?',
      'B: sí, correcto',
      'A: Gracias.',
    ],
    '2027-02-18 16:00',
    'sí, correcto',
    4,
  ],
  [
    'the agent reads it back, the business says yes, en',
    'en',
    [
      'B: I have Thursday at four in the afternoon',
      'A: So Thursday the eighteenth at four in the afternoon?',
      "B: yes, that's right",
      'A: Thank you.',
    ],
    '2027-02-18 16:00',
    "yes, that's right",
    4,
  ],
  [
    'day and hour in different turns, es',
    'es',
    [
      'B: el jueves tengo lugar',
      'A: ¿A qué hora?',
      'B: a las cuatro de la tarde, se la dejo anotada',
      'A: Perfecto, gracias.',
    ],
    '2027-02-18 16:00',
    'anotada',
    4,
  ],
  [
    'day and hour in different turns, en',
    'en',
    ['B: Thursday is fine', 'A: What time?', "B: four in the afternoon, I'll put him in", 'A: Lovely, thanks.'],
    '2027-02-18 16:00',
    "I'll put him in",
    4,
  ],
  [
    'another slot after the first was refused, en',
    'en',
    [
      'B: three is gone, I can do four in the afternoon',
      'A: Thursday at four is fine.',
      "B: grand, Thursday at four, he's booked in",
      'A: Thanks.',
    ],
    '2027-02-18 16:00',
    "he's booked",
    4,
  ],
  [
    'a relative day counts from the day of the call, es',
    'es',
    ['B: pasado mañana a las cuatro de la tarde, ya quedó anotada', 'A: Gracias.'],
    '2027-02-18 16:00',
    'ya quedó anotada',
    2,
  ],
  [
    'papers to bring are no condition, es',
    'es',
    ['B: el jueves a las cuatro de la tarde, queda agendada. que traiga el documento', 'A: Se lo digo, gracias.'],
    '2027-02-18 16:00',
    'queda agendada',
    2,
  ],
  [
    'papers to bring are no condition, en',
    'en',
    ["B: Thursday at four in the afternoon, that's booked. tell him to bring the logbook", 'A: I will, thanks.'],
    '2027-02-18 16:00',
    "that's booked",
    2,
  ],
  [
    'a call in case of delay is by the way, es',
    'es',
    ['B: el jueves a las cuatro de la tarde, ya la anoté. si se atrasa nos avisa', 'A: Claro, gracias.'],
    '2027-02-18 16:00',
    'ya la anoté',
    2,
  ],
  [
    'a call in case of delay is by the way, en',
    'en',
    ["B: Thursday at four in the afternoon, he's in the book. if he's late just ring", 'A: I will tell him, thanks.'],
    '2027-02-18 16:00',
    "he's in the book",
    2,
  ],
  [
    'an early arrival leaves the hour, es',
    'es',
    [
      'B: el jueves a las cuatro de la tarde, queda anotada. venga un ratito antes, a las 15:45, por el formulario',
      'A: Gracias.',
    ],
    '2027-02-18 16:00',
    'queda anotada',
    2,
  ],
  [
    'an early arrival leaves the hour, en',
    'en',
    ["B: Thursday at four in the afternoon, he's booked in. come by at quarter to four for the forms", 'A: Thanks.'],
    '2027-02-18 16:00',
    "he's booked",
    2,
  ],
  [
    'a deposit that is waived is no condition, en',
    'en',
    ["B: Thursday at four in the afternoon, he's booked. no deposit needed", 'A: Thanks a lot.'],
    '2027-02-18 16:00',
    "he's booked",
    2,
  ],
  [
    'a hesitation that is settled, es',
    'es',
    [
      'B: creo que el jueves puedo... déjeme ver',
      'B: sí, el jueves a las cuatro de la tarde, ya la anoté',
      'A: Gracias.',
    ],
    '2027-02-18 16:00',
    'ya la anoté',
    3,
  ],
  [
    'a hesitation that is settled, en',
    'en',
    ['B: I think so, let me look', "B: yes, Thursday at four in the afternoon, I've put him in", 'A: Thank you.'],
    '2027-02-18 16:00',
    "I've put him in",
    3,
  ],
  [
    'minutes to the hour after a weekday are no range, en',
    'en',
    ["B: Thursday ten to four in the afternoon, he's booked in", 'A: Thanks.'],
    '2027-02-18 15:50',
    "he's booked",
    2,
  ],
  [
    'an hour with its minutes and "horas", es',
    'es',
    ['B: el jueves a las 16:15 horas, ya quedó anotada', 'A: Gracias.'],
    '2027-02-18 16:15',
    'ya quedó anotada',
    2,
  ],
];

type Refused = readonly [
  rule: string,
  language: 'es' | 'en',
  lines: readonly string[],
  code: DoubtCode,
  words: string,
  turn: number,
];

const REFUSED: readonly Refused[] = [
  [
    'nothing but questions, es',
    'es',
    [
      'B: ¿para qué es?',
      'A: Una limpieza, el jueves a las cuatro.',
      'B: ¿el jueves a las cuatro?',
      'A: Sí, gracias, adiós.',
    ],
    'asked_only',
    '¿el jueves a las cuatro?',
    4,
  ],
  [
    'nothing but questions, en',
    'en',
    ["B: who's it for?", 'A: Paul Hart, Thursday at four.', 'B: Thursday at four?', 'A: Yes, thank you, bye.'],
    'asked_only',
    'Thursday at four?',
    4,
  ],
  [
    'denied, es',
    'es',
    ['B: no, el jueves no tenemos nada', 'A: Entonces el jueves a las cuatro, gracias.'],
    'denied',
    'no tenemos nada',
    2,
  ],
  [
    'denied, en',
    'en',
    ["B: no, Thursday we're full", 'A: Thursday at four then, thank you.'],
    'denied',
    "we're full",
    2,
  ],
  [
    'denied after it was given, es',
    'es',
    ['B: el jueves a las cuatro de la tarde, anotada', 'A: Gracias.', 'B: no, espere, el jueves no hay nada'],
    'denied',
    'no, espere',
    4,
  ],
  [
    'denied after it was given, en',
    'en',
    ["B: Thursday at four in the afternoon, he's booked", 'A: Thanks.', "B: oh wait, no, we can't do Thursday"],
    'denied',
    'no, we',
    4,
  ],
  ['hedged, es', 'es', ['B: creo que sí, el jueves a las cuatro', 'A: Perfecto, gracias.'], 'hedged', 'creo que sí', 2],
  [
    'hedged, en',
    'en',
    ['B: I think so, Thursday at four should be fine', 'A: Great, thanks.'],
    'hedged',
    'I think so',
    2,
  ],
  [
    'held for the time being, es',
    'es',
    ['B: el jueves a las cuatro se lo dejo a lápiz', 'A: Gracias.'],
    'tentative',
    'a lápiz',
    2,
  ],
  [
    'held for the time being, en',
    'en',
    ["B: I'll pencil him in for Thursday at four", 'A: Thanks.'],
    'tentative',
    'pencil him in',
    2,
  ],
  [
    'taken back, es',
    'es',
    ['B: el jueves a las cuatro de la tarde, anotada', 'A: Gracias.', 'B: ay no, me equivoqué, lo borro'],
    'taken_back',
    'me equivoqué',
    4,
  ],
  [
    'taken back, en',
    'en',
    [
      "B: Thursday at four in the afternoon, he's booked",
      'A: Thanks.',
      'B: oh no, scratch that, I looked at the wrong week',
    ],
    'taken_back',
    'scratch that',
    4,
  ],
  [
    'moved without a day, es',
    'es',
    ['B: el jueves a las cuatro, anotada', 'A: Gracias.', 'B: mejor dejémoslo para la otra semana, sin día todavía'],
    'taken_back',
    'mejor dejémoslo',
    4,
  ],
  [
    'moved to another day, en',
    'en',
    ["B: Thursday at four in the afternoon, he's booked", 'A: Thanks.', "B: let's make it Friday at four instead"],
    'moved',
    'Friday',
    4,
  ],
  [
    'depends on a deposit, es',
    'es',
    ['B: el jueves a las cuatro, si me deja una seña', 'A: Se lo digo, gracias.'],
    'conditional',
    'si me deja',
    2,
  ],
  [
    'depends on a deposit, en',
    'en',
    ['B: Thursday at four is his once he pays the deposit', 'A: I will tell him.'],
    'conditional',
    'once he pays',
    2,
  ],
  [
    'a commitment that is still to come, es',
    'es',
    ['B: cuando me confirme el pago queda anotada el jueves a las cuatro', 'A: Gracias.'],
    'conditional',
    'cuando me confirme',
    2,
  ],
  [
    'a commitment that is still to come, en',
    'en',
    ["B: once the card goes through that's booked, Thursday at four", 'A: Thank you.'],
    'conditional',
    'once the card',
    2,
  ],
  [
    'a commitment denied, es',
    'es',
    ['B: el jueves a las cuatro está libre, pero no lo anoto todavía', 'A: Gracias.'],
    'denied',
    'lo anoto',
    2,
  ],
  [
    'a commitment denied, en',
    'en',
    ['B: Thursday at four is free but I have not booked it', 'A: Thanks.'],
    'denied',
    'booked',
    2,
  ],
  [
    'a waiting list, es',
    'es',
    ['B: para el jueves a las cuatro la anoto en lista de espera', 'A: Gracias.'],
    'waiting_list',
    'lista de espera',
    2,
  ],
  [
    'a waiting list, en',
    'en',
    ["B: I'll put him on the waiting list for Thursday at four", 'A: Thanks.'],
    'waiting_list',
    'waiting list',
    2,
  ],
  [
    'another call is to come, es',
    'es',
    ['B: el jueves a las cuatro puede ser, yo le llamo y le confirmo', 'A: Gracias.'],
    'call_back',
    'le llamo y le',
    2,
  ],
  [
    'another call is to come, en',
    'en',
    ["B: Thursday at four maybe, we'll call him back to confirm", 'A: Thanks.'],
    'call_back',
    'call him back to confirm',
    2,
  ],
  [
    'to be booked elsewhere, es',
    'es',
    ['B: los turnos del jueves se sacan por la página', 'A: El jueves a las cuatro, gracias.'],
    'elsewhere',
    'se sacan por',
    2,
  ],
  [
    'to be booked elsewhere, en',
    'en',
    ["B: you'd have to book that online, Thursday at four is on the website", 'A: Thanks.'],
    'elsewhere',
    'online',
    2,
  ],
  [
    'two slots open, es',
    'es',
    ['B: tengo el jueves a las cuatro o el viernes a las cinco, que elija', 'A: Gracias, le digo.'],
    'two_slots',
    'que elija',
    2,
  ],
  [
    'two slots open, en',
    'en',
    ['B: Thursday at four or Friday at five, let me know which one', 'A: Thanks, I will.'],
    'two_slots',
    'let me know which',
    2,
  ],
  [
    'another service, es',
    'es',
    ['B: listo, el jueves a las cuatro, una ortodoncia, ya está anotado', 'A: Gracias.'],
    'other_errand',
    'una ortodoncia',
    2,
  ],
  [
    'another service, en',
    'en',
    ["B: okay, Thursday at four, an oil change, it's booked", 'A: Thanks.'],
    'other_errand',
    'an oil change',
    2,
  ],
  [
    'another person, es',
    'es',
    ['B: el jueves a las cuatro está reservado', 'B: pero a nombre de la señora Ramona', 'A: Gracias.'],
    'other_errand',
    'a nombre de la señora Ramona',
    3,
  ],
  [
    'another person, en',
    'en',
    ['B: Thursday at four is booked', 'B: under Mrs Tierney', 'A: Thanks.'],
    'other_errand',
    'under Mrs Tierney',
    3,
  ],
  [
    'said to somebody beside the phone, es',
    'es',
    ['B: sí, el jueves a las cuatro', 'B: perdón, le decía a mi compañera, ¿quién habla?', 'A: Gracias.'],
    'not_meant',
    'le decía a',
    3,
  ],
  [
    'said to somebody beside the phone, en',
    'en',
    [
      "B: Thursday at four, yeah, it's booked",
      'B: sorry love, were you saying something? I was on to Gav',
      'A: Thanks.',
    ],
    'not_meant',
    'were you saying',
    3,
  ],
  [
    'mockery, es',
    'es',
    ['B: sí, le pongo alfombra roja el jueves a las cuatro', 'A: Gracias.'],
    'not_meant',
    'alfombra',
    2,
  ],
  ['mockery, en', 'en', ['B: oh sure, Thursday at four, with a brass band', 'A: Thanks.'], 'not_meant', 'oh sure', 2],
  [
    'nobody but a machine, es',
    'es',
    ['B: deje su mensaje después del tono', 'A: El jueves a las cuatro, gracias.'],
    'no_person',
    'deje su mensaje',
    2,
  ],
  [
    'nobody but a machine, en',
    'en',
    ['B: please leave a message after the tone', 'A: Thursday at four, thank you.'],
    'no_person',
    'leave a message',
    2,
  ],
  [
    'a weekday that is not that date’s, es',
    'es',
    ['B: el viernes dieciocho de febrero a las cuatro de la tarde, anotada', 'A: Gracias.'],
    'weekday_mismatch',
    'viernes dieciocho de febrero',
    2,
  ],
  [
    'a weekday that is not that date’s, en',
    'en',
    ["B: Friday the eighteenth of February at four in the afternoon, he's booked", 'A: Thanks.'],
    'weekday_mismatch',
    'Friday the eighteenth of February',
    2,
  ],
  [
    'the business only repeats, es',
    'es',
    ['A: ¿El jueves a las cuatro?', 'B: jueves a las cuatro', 'A: Gracias.'],
    'not_agreed',
    'jueves a las cuatro',
    3,
  ],
  [
    'handed over, and nobody came, en',
    'en',
    ["B: I'll put you through to Jo", 'B: [hold music]', 'A: Thursday at four, thanks.'],
    'not_agreed',
    "I'll put you through to Jo",
    2,
  ],
];

describe('a talk that gives the slot', () => {
  it.each(GIVEN)('%s', (_, language, lines, slot, words, turn) => {
    const finding = judged(language, lines);
    expect(finding.doubts).toEqual([]);
    expect(`${finding.date?.values.join()} ${finding.time?.values.join()}`).toBe(slot);
    expect(finding.agreement).toMatchObject({ text: words, turn, role: 'business' });
  });
});

describe('a talk that is left to a person', () => {
  it.each(REFUSED)('%s', (_, language, lines, code, words, turn) => {
    const { doubts } = judged(language, lines);
    const doubt = doubts.find((one) => one.code === code);
    expect(doubts.map((one) => one.code)).toContain(code);
    expect(doubt?.cites[0]).toMatchObject({ text: words, turn });
  });

  it.each(REFUSED)('is not confirmed: %s', (_, language, lines) => {
    const finding = judged(language, lines);
    const report = { result: 'confirmed', confirmed_date: THURSDAY, confirmed_time: '16:00' } as const;
    expect(weigh(report, { finding, called_on: CALLED_ON }).carried).toBe(false);
  });
});
