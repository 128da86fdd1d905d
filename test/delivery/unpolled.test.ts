import { expect, it } from '@jest/globals';
import type { Health } from '../../delivery/gateway.ts';
import { untilPolled } from '../../delivery/unpolled.ts';

const POLLED: Health = { temporal: true, worker: true, unpolled: [] };
const without = (...unpolled: string[]): Health => ({ temporal: true, worker: false, unpolled });

/** Answers one after the other; the last one for ever. */
function answering(...answers: [Health, ...Health[]]) {
  let asked = 0;
  return {
    health: async () => answers[Math.min(asked++, answers.length - 1)]!,
    asked: () => asked,
  };
}

it('waits until no queue is without a worker', async () => {
  const gateway = answering(without('q', 'q-twilio'), without('q-twilio'), POLLED);
  expect(await untilPolled(gateway, 60_000)).toBeUndefined();
  expect(gateway.asked()).toBe(3);
});

it('says which queues nobody polls when its time is over', async () => {
  expect(await untilPolled(answering(without('q-calls')), 0)).toBe('no worker polls the task queue q-calls');
  expect(await untilPolled(answering(without('q', 'q-calls')), 0)).toBe('no worker polls the task queues q, q-calls');
  const away: Health = { temporal: false, worker: false, unpolled: [] };
  expect(await untilPolled(answering(away), 0)).toBe('could not learn from Temporal which task queues workers poll');
});
