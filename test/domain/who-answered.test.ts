import { describe, expect, it } from '@jest/globals';
import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Report } from '../../domain/result.ts';
import { isFromPerson, type Witnesses, whoAnswered } from '../../domain/who-answered.ts';
import { digestOf } from '../../providers/transcript.ts';

const CONTEXT = {
  called_on: '2026-11-30',
  called_time: '10:00',
  request: { service_type: 'dentista', user_name: 'Mauro' },
};
const HELLO = 'a: Hola, soy un asistente virtual y llamo de parte de Mauro para pedir un turno.';

/** A talk as it is read: `a:` the agent, `b:` the business. */
const read = (...lines: string[]): TranscriptDigest =>
  digestOf(
    [HELLO, ...lines].map((line, n) => ({
      role: line.startsWith('a:') ? ('agent' as const) : ('business' as const),
      message: line.slice(3),
      at_seconds: n,
    })),
    CONTEXT,
  );

const witnesses = (digest?: TranscriptDigest, more: Partial<Witnesses> = {}): Witnesses => ({
  machine: false,
  transcript: digest && { digest, source: 'post_call' },
  report: undefined,
  ...more,
});

const MENU =
  'b: Gracias por comunicarse con el consultorio. Para turnos, marque uno. Para otras consultas, marque dos.';
const SCREEN =
  'b: Hola. La persona a la que llama usa un asistente de llamadas. Diga su nombre y el motivo de su llamada.';
const REASON = 'a: Soy el asistente virtual de Mauro y llamo para pedir un turno.';

describe('nobody was reached', () => {
  it.each([
    ['a menu', 'menu', [MENU, MENU, 'b: Opción inválida.']],
    ['a recorded wait', 'hold', ['b: Todos nuestros operadores están ocupados. Permanezca en línea y será atendido.']],
    ['a screener that declines', 'screener', [SCREEN, REASON, 'b: La persona no puede atender su llamada. Adiós.']],
    ['a machine', 'voicemail', ['b: Deje su mensaje después de la señal.']],
    [
      'a screener of iOS',
      'screener',
      ["b: Hi, if you record your name and reason for calling, I'll see if this person is available.", REASON],
    ],
    ['an English menu', 'menu', ['b: For appointments, press one. To hear this menu again, press nine.']],
  ])('where %s is all that spoke, without any report', (_, kind, lines) => {
    expect(whoAnswered(witnesses(read(...lines)))).toEqual({ is: 'automaton', kind });
  });

  it.each(['declined', 'no_availability', 'callback_requested'] as const)(
    'although the agent takes an automaton’s words for %s',
    (result) => {
      const report: Report = { result };
      const lines = [SCREEN, REASON, 'b: La persona no puede atender su llamada.'];
      expect(whoAnswered(witnesses(read(...lines), { report }))).toEqual({ is: 'automaton', kind: 'screener' });
      expect(isFromPerson({ result, reached: 'screener' })).toBe(false);
      expect(isFromPerson({ result })).toBe(true);
    },
  );

  it('where the agent says so and there are no words', () => {
    const report: Report = { result: 'voicemail', reached: 'menu' };
    expect(whoAnswered(witnesses(undefined, { report }))).toEqual({ is: 'automaton', kind: 'menu' });
    expect(whoAnswered(witnesses(undefined, { report: { result: 'voicemail' } }))).toEqual({
      is: 'automaton',
      kind: 'voicemail',
    });
  });
});

describe('a person was reached', () => {
  const AFTER = ['b: Consultorio dental, buenos días.', 'a: Quería pedir un turno.'];
  const heardAMachine = { machine: true, report: { result: 'voicemail', reached: 'menu' } as Report };

  it.each([
    ['after a menu', [MENU, 'a: Hola.', ...AFTER, 'b: No, no damos turnos por teléfono.']],
    ['after a screener', [SCREEN, REASON, 'b: Gracias. Un momento.', ...AFTER, 'b: ¿Para qué día sería?']],
    ['who asks to wait and does not come back', ['b: Un momentito, por favor.']],
    [
      'who gives the appointment after a recorded wait',
      [
        'b: Su llamada es muy importante para nosotros.',
        'a: Hola.',
        'b: Sí, tengo lugar el martes 1 de diciembre a las 16. ¿Le sirve?',
        'a: Perfecto, el martes 1 a las 16.',
        'b: Sí, ya quedó anotado.',
      ],
    ],
  ])('%s, whatever detectors and the agent say of machines', (_, lines) => {
    expect(whoAnswered(witnesses(read(...lines), heardAMachine))).toEqual({ is: 'person' });
  });

  it.each(['confirmed', 'wrong_number', 'do_not_call'] as const)(
    'where %s was reported: only the words about the appointment may doubt it',
    (result) => {
      const report: Report = { result, reached: 'menu' };
      expect(whoAnswered(witnesses(read(MENU), { report, machine: true }))).toEqual({ is: 'person' });
    },
  );
});

it('words that a person may have said leave it open: nobody is called again', () => {
  expect(whoAnswered(witnesses(read('b: Consultorio, buenos días.')))).toEqual({ is: 'unknown' });
  expect(whoAnswered(witnesses(read(MENU, 'b: Hola, ¿quién habla?')))).toEqual({ is: 'unknown' });
  expect(whoAnswered(witnesses())).toEqual({ is: 'unknown' });
});

it('keys and holds are no words, and count as turns', () => {
  const turns = [
    { role: 'agent' as const, message: HELLO.slice(3), at_seconds: 0 },
    { role: 'business' as const, message: MENU.slice(3), at_seconds: 3 },
    { role: 'agent' as const, message: '[keys: 1]', keys: '1', at_seconds: 6 },
    { role: 'business' as const, message: 'Sí, tengo lugar el martes 1 de diciembre a las 16.', at_seconds: 9 },
    { role: 'agent' as const, message: 'Perfecto, el martes 1 a las 16.', at_seconds: 12 },
    { role: 'agent' as const, message: '[on hold]', on_hold: true as const, at_seconds: 14 },
    { role: 'business' as const, message: 'Sí, sí, ya quedó anotado.', at_seconds: 60 },
  ];
  const { agent_turns, business_turns, talk } = digestOf(turns, CONTEXT);
  expect([agent_turns, business_turns]).toEqual([2, 3]);
  expect(talk).toMatchObject({
    level: 'stated',
    doubts: [],
    date: { values: ['2026-12-01'], turn: 3 },
    agreement: { turn: 6 },
    voices: { automaton: 'menu', turn: 1 },
  });
});
