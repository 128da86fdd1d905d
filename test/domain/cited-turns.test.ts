import { describe, expect, it } from '@jest/globals';
import { citedIn } from '../../domain/cited-turns.ts';
import type { Citation, SpokenTurn, TalkFinding } from '../../domain/talk/types.ts';

const said = (role: 'agent' | 'business', message: string, at_seconds: number): SpokenTurn => ({
  role,
  message,
  at_seconds,
});
const cite = (turn: number, text: string): Citation => ({ text, role: 'business', turn, at_seconds: null });
const finding = (...cites: Citation[]): TalkFinding => ({
  called_on: '2026-11-23',
  readable: true,
  date: { ...cites[0]!, values: ['2026-11-25'] },
  agreement: cites[0]!,
  doubts: [{ code: 'hedged', cites }],
});

/** The provider's record of a bridged talk, and what the bridge kept of it. */
const THEIRS = [
  said('agent', 'Hola', 0),
  said('business', 'El miércoles', 3),
  said('business', 'Creo que sí', 6),
  said('business', 'Sí', 20),
  said('business', 'Sí', 31),
];
const OURS = [
  said('business', '¿Hola?', 0.1),
  said('agent', 'Hola', 0.4),
  said('business', 'El miércoles', 3.2),
  said('business', 'creo que sí, eh', 6.4),
  said('agent', 'Bien', 9),
  said('business', 'Sí', 20.5),
  said('business', 'Sí', 31.5),
];

describe('citations of a talk of which another transcript is kept', () => {
  it('stand where the same words are kept', () => {
    const { date, agreement, doubts } = citedIn(OURS, finding(cite(1, 'miércoles')), THEIRS);
    for (const placed of [date, agreement, doubts[0]!.cites[0]])
      expect(placed).toMatchObject({ turn: 2, at_seconds: 3.2, text: 'miércoles' });
    expect(date!.values).toEqual(['2026-11-25']);
  });

  it('of words that were said twice stand at the nearest', () => {
    const { doubts } = citedIn(OURS, finding(cite(3, 'Sí'), cite(4, 'Sí')), THEIRS);
    expect(doubts[0]!.cites.map(({ turn }) => turn)).toEqual([5, 6]);
  });

  it('of words that were heard otherwise stand where that side spoke at that time', () => {
    const { doubts } = citedIn(OURS, finding(cite(2, 'Creo que sí')), THEIRS);
    expect(doubts[0]!.cites[0]).toMatchObject({ turn: 3, at_seconds: 6.4 });
  });

  it('stay as they are where it is the same transcript, or none is kept', () => {
    const found = finding({ ...cite(3, 'Sí'), at_seconds: 20 });
    expect(citedIn(THEIRS, found, THEIRS)).toEqual(found);
    expect(citedIn([], found, THEIRS)).toEqual(found);
  });
});
