import { describe, expect, it } from '@jest/globals';
import { excerptOf, markedTurn, placeOf, turnOf } from '../../console/booking/places.ts';

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
});

describe('an excerpt of a turn', () => {
  const marked = (message: string, ...texts: string[]) =>
    excerptOf(message, texts)
      ?.map(({ text, cited }) => (cited ? `[${text}]` : text))
      .join('');

  it('is all that was said, the cited words marked, in whichever order they are cited', () => {
    const said = 'Sí, tengo lugar el viernes a las cuatro. ¿Le sirve?';
    expect(marked(said, 'a las cuatro', 'el viernes')).toBe('Sí, tengo lugar [el viernes] [a las cuatro]. ¿Le sirve?');
    expect(marked(said, 'el viernes a las cuatro', 'viernes')).toBe(
      'Sí, tengo lugar [el viernes a las cuatro]. ¿Le sirve?',
    );
    expect(marked(said, said)).toBe(`[${said}]`);
  });

  it('of a long turn is cut between words', () => {
    const long = 'bla '.repeat(40);
    const cut = marked(`${long}el viernes ${long}`, 'el viernes')!;
    expect(cut).toMatch(/^… (bla )+\[el viernes\]( bla)+ …$/);
    expect(cut.length).toBeLessThan(180);
  });

  it('does not exist where the words are not said', () => {
    expect(marked('Sí.', 'el viernes')).toBeUndefined();
    expect(marked('Sí.', 'Sí', 'el viernes')).toBeUndefined();
  });
});
