import { dayAfter, hourAfter } from './calendar.ts';
import { FOREIGN_REFUSED } from './foreign.ts';
import { agree, close, open } from './given.ts';
import type { Kind } from './kinds.ts';
import type { Script } from './script.ts';
import type { Slot } from './types.ts';

const given = (report: (s: Script) => Slot, wanted: Kind['wanted'] = {}): Kind => ({
  wanted,
  play: (s) => {
    open(s);
    agree(s);
    close(s);
    s.ends({ report: report(s) });
  },
});

/** 10:15 heard as 10:50, or the hour beside it. */
function misheard(s: Script, hour: string): string {
  const minute = hour.slice(3);
  const swapped = ({ '15': '50', '50': '15', '30': '13', '40': '14', '00': '30' } as Record<string, string>)[minute];
  return swapped && s.random.chance(0.5)
    ? `${hour.slice(0, 3)}${swapped}`
    : hourAfter(hour, s.random.pick([60, -60, 30, 15, -30]));
}

/** The business gives an appointment, or nothing at all is heard, and the report is wrong. */
export const REPORTED: Record<string, Kind> = {
  wrong_date: given((s) => ({
    ...s.scene.slot,
    day: s.random.pick([s.scene.other.day, dayAfter(s.scene.slot.day, 1), dayAfter(s.scene.slot.day, 7)]),
  })),
  wrong_time: given((s) => ({ ...s.scene.slot, hour: misheard(s, s.scene.slot.hour) })),
  wrong_half: given((s) => ({ ...s.scene.slot, hour: hourAfter(s.scene.slot.hour, 720) }), { clear_half: true }),
  wrong_year: given((s) => ({
    ...s.scene.slot,
    day: `${Number(s.scene.slot.day.slice(0, 4)) + s.random.pick([1, -1])}${s.scene.slot.day.slice(4)}`.replace(
      '-02-29',
      '-02-28',
    ),
  })),
  wrong_month: given((s) => ({ ...s.scene.slot, day: dayAfter(s.scene.slot.day, s.random.pick([28, 30, 31])) })),
  stale_after_change: {
    play: (s) => {
      const { slot, other } = s.scene;
      open(s, 'any', other);
      agree(s, other);
      s.aside(0.3).decides('move_slot', { slot, other }).agent('accept_hour').decides('give_slot');
      close(s);
      s.ends({ report: other });
    },
  },
  refused_day_reported: {
    play: (s) => {
      const { other } = s.scene;
      open(s, 'day', other);
      s.business('refuse_day', { slot: other }).agent('ask_day');
      agree(s);
      close(s);
      s.ends({ report: { day: other.day, hour: s.scene.slot.hour } });
    },
  },
  no_words_past: {
    unreadable: true,
    play: (s) =>
      s.ends({
        truth: null,
        report: { day: dayAfter(s.scene.called, -s.random.int(1, 900)), hour: s.scene.slot.hour },
      }),
  },
  no_words_far: {
    unreadable: true,
    play: (s) =>
      s.ends({
        truth: null,
        report: { day: dayAfter(s.scene.called, s.random.int(400, 40_000)), hour: s.scene.slot.hour },
      }),
  },
  no_words_unclear: {
    unreadable: true,
    play: (s) =>
      s.ends({
        truth: null,
        more: {
          report: {
            result: 'confirmed',
            confirmed_date: s.scene.slot.day,
            confirmed_time: s.scene.slot.hour,
            unclear: [s.random.pick(['confirmed_date', 'confirmed_time'] as const)],
          },
        },
      }),
  },
  no_words_against: {
    unreadable: true,
    play: (s) => s.ends({ truth: null, more: { analysis: against(s) } }),
  },
  foreign_words_against: {
    unreadable: true,
    noise: 'clean',
    play: (s) => {
      s.foreign(s.random.pick(FOREIGN_REFUSED));
      s.ends({ truth: null, more: { analysis: against(s) } });
    },
  },
};

/** What the provider’s analysis says of a talk that came to nothing, or to something else. */
const against = (s: Script) =>
  s.random.pick([{ confirmed: false }, { date: s.scene.other.day, time: s.scene.slot.hour }]);
