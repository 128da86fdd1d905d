import { describe, expect, it } from '@jest/globals';
import type { Booking } from '../../console/api/answers.ts';
import { waitOf, waitWords } from '../../console/booking/wait-words.ts';
import { en } from '../../console/language/en.ts';
import { es } from '../../console/language/es.ts';
import { WAITS } from '../../domain/view.ts';

/** A Monday, 10:00 on the clock of whoever reads. */
const NOW = new Date(2026, 10, 30, 10).getTime();
const at = (day: number, hour: number): string => new Date(2026, 10, day, hour).toISOString();
const OPEN = { business: { opening_hours: [{ days: ['mon'], from: '09:00', to: '13:00' }] } } as never;

const said = (why: 'calling_hours' | 'not_before' | 'line_busy' | 'callback', until?: string, order?: never) =>
  [en, es].map((words) => waitWords({ ...words, language: words === en ? 'en' : 'es' }, { why, until }, order, NOW));

describe('a wait in the console', () => {
  it('says when the booking rings, and why not before', () => {
    expect(said('calling_hours', at(31, 9), OPEN)).toEqual([
      'Rings tomorrow at 09:00, when they open',
      'Llama mañana a las 09:00, cuando abren',
    ]);
    expect(said('calling_hours', at(30, 14))).toEqual([
      'Rings at 14:00, when the calling window opens',
      'Llama a las 14:00, cuando empieza el horario permitido',
    ]);
    expect(said('not_before', at(37, 9))[0]).toMatch(
      /^Rings on Mon, (7 Dec|Dec 7) at 09:00: nobody is called before that$/,
    );
  });

  it('says when it expires, if nobody can be called before', () => {
    const order = { business: {}, not_after: at(30, 18) } as never;
    expect(said('calling_hours', at(30, 18), order)).toEqual([
      'Expires at 18:00: nobody can be called before that',
      'Vence a las 18:00: antes no se puede llamar',
    ]);
  });

  it('names the reason where nobody knows how long it takes', () => {
    expect(said('line_busy')).toEqual([en.waiting.line_busy, es.waiting.line_busy]);
  });

  it('says of a requested call when it comes', () => {
    expect(said('callback', at(31, 17))).toEqual([
      'Rings tomorrow at 17:00, as they asked',
      'Llama mañana a las 17:00, como pidieron',
    ]);
  });
});

describe('the wait that a booking shows', () => {
  const shown = (booking: Partial<Booking>) =>
    waitOf(
      { ...en, language: 'en' },
      { outcome: null, waiting_for: null, waiting_until: null, ...booking } as Booking,
      NOW,
    );

  it.each(WAITS)('%s has words of its own in both languages', (waiting_for) => {
    const words = [en, es].map((each) =>
      waitOf({ ...each, language: 'en' }, { outcome: null, waiting_for, waiting_until: null } as Booking, NOW),
    );
    expect(words).not.toContain(waiting_for);
    expect(words[0]).not.toBe(words[1]);
  });

  it('is in the same words as in its history', () => {
    const order = OPEN as Booking['order'];
    expect(shown({ waiting_for: 'hours', waiting_until: at(31, 9), order })).toBe(
      said('calling_hours', at(31, 9), OPEN)[0],
    );
    expect(shown({ waiting_for: 'number' })).toBe(en.waiting.line_busy);
  });

  it('is over with the outcome, and nothing to a booking that is being canceled', () => {
    expect(shown({})).toBeUndefined();
    expect(shown({ waiting_for: 'hours', outcome: {} as never })).toBeUndefined();
    expect(shown({ waiting_for: 'hours', cancel_requested: true })).toBeUndefined();
  });
});
