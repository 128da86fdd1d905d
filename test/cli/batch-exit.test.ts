import { expect, test } from '@jest/globals';
import { exitCodeOf } from '../../cli/batch/watch.ts';
import { EXIT } from '../../cli/outcome.ts';
import { countsOf, type RowStatus } from '../../domain/batch/statuses.ts';

const batch = (statuses: RowStatus[], more: object = {}) => ({
  status: 'completed' as const,
  counts: countsOf(statuses.map((status) => ({ status }))),
  simulated: false,
  simulated_rows: 0,
  ...more,
});

test.each([
  ['an appointment for every row', batch(['completed', 'completed']), EXIT.confirmed],
  ['a row without one', batch(['completed', 'failed']), EXIT.unreached],
  ['a row to review', batch(['completed', 'failed', 'needs_review']), EXIT.needsReview],
  ['canceled', batch(['completed'], { status: 'canceled' }), EXIT.canceled],
  ['a simulated row is no appointment', batch(['completed', 'completed'], { simulated_rows: 1 }), EXIT.simulation],
  ['in the sandbox all is simulated', batch(['completed'], { simulated: true, simulated_rows: 1 }), EXIT.confirmed],
])('%s', (_, ended, code) => {
  expect(exitCodeOf(ended)).toBe(code);
});
