import type { TranscriptDigest } from '../../domain/evidence.ts';
import type { Citation, Doubt, DoubtCode, SpokenTurn, TalkFinding } from '../../domain/talk/types.ts';

/** A talk in which the business gives Wednesday the 25th at 16:00, as it is said on the phone. */
export const AGREED_TURNS: readonly SpokenTurn[] = [
  { role: 'agent', message: 'Hola, llamo de parte de Mauro, quería pedir un turno con el dentista.', at_seconds: 0 },
  { role: 'business', message: 'Hola, sí. Tengo el miércoles 25 a las 16, ¿le sirve?', at_seconds: 4 },
  { role: 'agent', message: 'Sí, perfecto: el miércoles 25 de noviembre a las 16.', at_seconds: 9 },
  { role: 'business', message: 'Sí, el miércoles 25 a las 16, quedó anotado.', at_seconds: 13 },
  { role: 'agent', message: 'Muchas gracias, hasta luego.', at_seconds: 17 },
];

export const cite = (text: string, turn: number, role: Citation['role'] = 'business'): Citation => ({
  text,
  role,
  turn,
  at_seconds: AGREED_TURNS[turn]?.at_seconds ?? null,
});

/** What such a talk says, and what speaks against it. */
export const finding = (more: Partial<TalkFinding> = {}): TalkFinding => ({
  called_on: '2026-11-23',
  readable: true,
  date: { ...cite('el miércoles 25', 3), values: ['2026-11-25'] },
  time: { ...cite('a las 16', 3), values: ['16:00'] },
  agreement: cite('quedó anotado', 3),
  level: 'stated',
  doubts: [],
  ...more,
});

export const doubt = (code: DoubtCode, ...cites: Citation[]): Doubt => ({ code, cites });

/** The business said something, of which no word is in a language that is read. */
export const UNREADABLE: TalkFinding = { called_on: '2026-11-23', readable: false, doubts: [] };

const counts = { agent_turns: 3, business_turns: 2, business_turns_after_greeting: 2 };

/** A transcript of so many turns that was read. */
export const read = (talk: TalkFinding, more: Partial<TranscriptDigest> = {}): TranscriptDigest => ({
  ...counts,
  talk,
  ...more,
});

/** The business gave the appointment in words. */
export const spoken: TranscriptDigest = read(finding());
/** The business said something, and nobody who knows the order has read it. */
export const unread: TranscriptDigest = counts;
/** Nobody answered the agent. */
export const silence: TranscriptDigest = { agent_turns: 2, business_turns: 0, business_turns_after_greeting: 0 };
