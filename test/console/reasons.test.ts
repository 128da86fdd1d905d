import { describe, expect, it } from '@jest/globals';
import { reasonsOf } from '../../console/booking/reasons.ts';
import { cite, doubt } from '../support/talks.ts';

/** `hedged call_back: 6 «creo que sí» «confirmar»` */
const shown = (...doubts: Parameters<typeof reasonsOf>[0]): string[] =>
  reasonsOf(doubts).map(({ codes, turns }) => {
    const said = turns.map((cites) => [cites[0].turn, ...cites.map(({ text }) => `«${text}»`)].join(' '));
    return [codes.join(' '), ...said].join(': ');
  });

describe('the reasons why a person has to decide', () => {
  it('that the same turn gives are told together, its words once', () => {
    expect(
      shown(
        doubt('hedged', cite('creo que sí', 6)),
        doubt('call_back', cite('confirmar', 6)),
        doubt('conditional', cite('creo que sí', 6)),
      ),
    ).toEqual(['hedged call_back conditional: 6 «creo que sí» «confirmar»']);
  });

  it('of different turns are told each with its own, a kind once', () => {
    expect(
      shown(
        doubt('other_hour', cite('a las 5', 4), cite('a las cinco', 2)),
        doubt('hedged', cite('creo', 6)),
        doubt('hedged', cite('calculo', 8)),
      ),
    ).toEqual(['other_hour: 4 «a las 5»: 2 «a las cinco»', 'hedged: 6 «creo»']);
  });

  it('are three at most, with three turns at most; one without words stands alone', () => {
    expect(
      shown(
        doubt('no_person'),
        doubt('denied', cite('no', 2), cite('no', 4), cite('no', 5)),
        doubt('moved', cite('el lunes', 6), cite('no', 2)),
        doubt('day_past', cite('ayer', 7)),
      ),
    ).toEqual(['no_person', 'denied: 2 «no»: 4 «no»: 5 «no»', 'moved: 2 «no»']);
  });

  it('leave out that nothing was agreed where something speaks against it', () => {
    expect(shown(doubt('hedged', cite('creo', 6)), doubt('not_agreed', cite('creo que sí', 6)))).toEqual([
      'hedged: 6 «creo»',
    ]);
    expect(shown(doubt('not_agreed', cite('ajá', 6)))).toEqual(['not_agreed: 6 «ajá»']);
  });
});
