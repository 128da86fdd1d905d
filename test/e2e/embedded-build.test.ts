import { expect, it } from '@jest/globals';
import { ONLY_BRIDGE } from './support/client.ts';
import { runSystem } from './support/system.ts';

const env: Record<string, string> = { BUILD_ID: 'one' };
const system = runSystem({ env });

it('started again as another build, and then as none, the one process goes on with what is open', async () => {
  const { client, sandbox } = system;
  const number = '+541143210951';
  sandbox.scenario({ number, callee: 'busy,busy,answer-and-book' });
  const { id } = await client.book(number, { ...ONLY_BRIDGE, bridge: { redial_delay_seconds: 5 } });
  for (const [attempt, build] of [
    [0, 'two'],
    [1, ''],
  ] as const) {
    await client.until(id, (view) => view.attempts[attempt]?.status === 'busy', 90_000);
    system.product.signal('SIGTERM');
    await system.product.ended;
    env.BUILD_ID = build;
    // It is ready only when a worker polls that would take a new booking.
    await system.start();
  }
  const view = await client.final(id, 90_000);
  expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
  expect(sandbox.log(number).calls).toHaveLength(3);
  expect((await client.outcomeOf('+541143210952', ONLY_BRIDGE)).outcome).toMatchObject({ result: 'confirmed' });
}, 300_000);
