import type { Evidence } from '../../../domain/evidence.ts';
import type { Proof } from '../../../domain/result.ts';
import type { Citation, Doubt } from '../../../domain/talk/types.ts';
import type { StoredTurn } from '../../../records/ports/events.ts';

const turns = (...said: [StoredTurn['role'], number, string][]): StoredTurn[] =>
  said.map(([role, at_seconds, message]) => ({ role, at_seconds, message }));

const cite = (talk: StoredTurn[], turn: number, text: string): Citation => {
  const { role, message, at_seconds } = talk[turn]!;
  if (!message.includes(text)) throw new Error(`turn ${turn} does not say ${text}`);
  return { text, role, turn, at_seconds };
};

/** The business gives Friday the 27th at 16:00; on a recording of two seconds. */
export const GIVEN = turns(
  ['agent', 0, 'Hola, soy Vocero, quería un turno.'],
  ['business', 0.7, 'Tengo lugar el viernes a las cuatro de la tarde.'],
  ['agent', 1.1, 'Perfecto, gracias.'],
  ['business', 1.7, 'Listo, ya quedó anotado.'],
);

export const GIVEN_PROOF: Proof = {
  level: 'stated',
  date: { value: '2026-11-27', ...cite(GIVEN, 1, 'el viernes') },
  time: { value: '16:00', ...cite(GIVEN, 1, 'a las cuatro de la tarde') },
  agreement: cite(GIVEN, 3, 'ya quedó anotado'),
};

/** The business is not sure of Friday at 17:00, while 16:00 was reported; not recorded. */
export const HEDGED = turns(
  ['agent', 0, 'Hola, soy Vocero, quería un turno para la vacuna.'],
  ['business', 4, 'A ver... podría ser el viernes a las cinco.'],
  ['agent', 8, 'Perfecto, entonces el viernes a las cinco.'],
  ['business', 12, 'Creo que sí, pero tengo que confirmarlo con el doctor.'],
);

export const HEDGED_DOUBTS: Doubt[] = [
  { code: 'hedged', cites: [cite(HEDGED, 3, 'Creo que sí')] },
  { code: 'other_hour', cites: [cite(HEDGED, 2, 'a las cinco'), cite(HEDGED, 1, 'a las cinco')] },
];

/** How the provider's record of it was read. */
export const hedgedRecord = (call_id: string, at: string): Evidence => ({
  kind: 'conversation',
  source: 'post_call',
  id: 'conversation:2',
  call_id,
  at,
  conversation_id: 'conv_2',
  status: 'done',
  transcript: {
    agent_turns: 2,
    business_turns: 2,
    business_turns_after_greeting: 2,
    talk: {
      called_on: '2026-11-25',
      readable: true,
      date: { ...cite(HEDGED, 2, 'el viernes'), values: ['2026-11-27'] },
      time: { ...cite(HEDGED, 2, 'a las cinco'), values: ['17:00'] },
      doubts: HEDGED_DOUBTS.slice(0, 1),
    },
  },
});
