import { describe, expect, it } from '@jest/globals';
import { aroundCited, markedTurn, placeOf, turnOf } from '../../console/booking/places.ts';

const turn = (role: 'agent' | 'business', at_seconds: number, message = '') => ({ role, at_seconds, message });
/** Two turns are written down in the same second. */
const TURNS = [
  turn('agent', 0),
  turn('business', 4, 'Sí, el martes a las 16, ¿le sirve?'),
  turn('agent', 4),
  turn('business', 9),
];
const cite = (role: 'agent' | 'business', number: number, at_seconds: number | null = null) => ({
  text: 'el martes a las 16',
  role,
  turn: number,
  at_seconds,
});

describe('the turn that is marked', () => {
  it('is the one that is being said', () => {
    expect([undefined, 0, 3.9, 4, 100].map((at) => markedTurn(TURNS, at, undefined))).toEqual([-1, 0, 0, 2, 3]);
  });

  it('is the one that was asked for while its place is played, also where another begins in the same second', () => {
    expect([4, 8.9].map((at) => markedTurn(TURNS, at, 1))).toEqual([1, 1]);
    expect([9, 0.2].map((at) => markedTurn(TURNS, at, 1))).toEqual([3, 0]);
  });

  it('is the one that was asked for where nothing is played, unless there is no such turn', () => {
    expect(markedTurn(TURNS, undefined, 3)).toBe(3);
    expect(markedTurn(TURNS, undefined, 7)).toBe(-1);
  });
});

describe('a citation', () => {
  it('is played where its turn is shown to begin, which for the business is before its words were written down', () => {
    expect(placeOf(TURNS, cite('business', 1, 8.2))).toBe(4);
  });

  it('of a turn that the shown talk does not have is played at its own place, if any', () => {
    expect(turnOf(TURNS, cite('agent', 1))).toBeUndefined();
    expect(placeOf(TURNS, cite('agent', 1, 8.2))).toBe(8.2);
    expect(placeOf(TURNS, cite('business', 12))).toBeUndefined();
  });

  it('stands in its turn between what was said before it and after', () => {
    expect(aroundCited(TURNS[1], cite('business', 1))).toEqual(['Sí, ', 'el martes a las 16', ', ¿le sirve?']);
    expect(aroundCited(TURNS[0], cite('business', 1))).toBeUndefined();
    expect(aroundCited(undefined, cite('business', 1))).toBeUndefined();
  });
});
