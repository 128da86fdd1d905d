import { expect, it } from '@jest/globals';
import { hoursText } from '../../domain/hours-text.ts';

const MORNING = { from: 540, to: 780 };
const LATE = { from: 960, to: 1_440 };

it.each([
  [{ from: 540, to: 1_200 }, 'mon-sun 09:00-20:00'],
  [{ from: 0, to: 1_440 }, 'mon-sun 00:00-24:00'],
  [{ from: 0, to: 0 }, ''],
  [
    { from: 540, to: 1_440, week: [[MORNING, LATE], [MORNING, LATE], [], [MORNING], [MORNING], [], [LATE]] },
    'mon-tue 09:00-13:00,16:00-24:00; thu-fri 09:00-13:00; sun 16:00-24:00',
  ],
  [{ from: 540, to: 780, week: [[], [], [], [], [], [], []] }, ''],
])('writes %j as %s', (window, text) => {
  expect(hoursText(window)).toBe(text);
});
