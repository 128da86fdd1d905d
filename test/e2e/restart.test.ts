import { expect } from '@jest/globals';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { ONLY_BRIDGE, ONLY_NATIVE } from './support/client.ts';
import { exists, familyOf, killWhole } from './support/process.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
const claim = claimOf(system.tail);

claim('killed in mid-call, all of it at once, and started again: each booking ends right, with one call', async () => {
  const { client, sandbox, product } = system;
  const native = '+541143210201';
  const bridged = '+541143210202';
  const dialing = '+541143210203';
  sandbox.scenario({ number: native, talk_ms: 8000 });
  sandbox.scenario({ number: bridged, talk_ms: 60_000 });
  // Its phone rings, and the request is never answered.
  sandbox.scenario({ number: dialing, native: 'dial-then-hang', talk_ms: 8000 });
  const talking = await Promise.all([client.book(native, ONLY_NATIVE), client.book(bridged, ONLY_BRIDGE)]);
  const dialed = await client.book(dialing, ONLY_NATIVE);
  for (const { id } of talking) await client.until(id, (view) => view.attempts[0]?.status === 'in_progress');
  await until(() => sandbox.log(dialing).calls.length === 1);
  const accepted = await client.book('+541143210204', ONLY_NATIVE);

  expect(familyOf(product.pid).length).toBeGreaterThan(1);
  expect(await killWhole(product)).toBe('SIGKILL');
  await system.start();

  const [a, b] = await Promise.all(talking.map(({ id }) => client.final(id, 60_000)));
  // The native talk went on without us, and its record tells what was agreed.
  expect(a).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'native' } });
  // The bridged one died with its bridge; a person was on the line, so a person must look.
  expect(b).toMatchObject({ status: 'needs_review', outcome: { result: 'needs_review', channel: 'bridge' } });
  const [c, d] = await Promise.all([dialed, accepted].map(({ id }) => client.final(id, 60_000)));
  expect(c).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'native' } });
  expect(d).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'native' } });
  for (const number of [native, bridged, dialing, '+541143210204']) expect(sandbox.log(number).calls).toHaveLength(1);
});

claim(
  'asked to end in mid-call, it hangs up and leaves nothing behind; started again, nobody is rung twice',
  async () => {
    const { client, sandbox, product } = system;
    const bridged = '+541143210205';
    const native = '+541143210206';
    for (const number of [bridged, native]) sandbox.scenario({ number, talk_ms: 60_000 });
    const bookings = await Promise.all([client.book(bridged, ONLY_BRIDGE), client.book(native, ONLY_NATIVE)]);
    for (const { id } of bookings) await client.until(id, (view) => view.attempts[0]?.status === 'in_progress');

    const family = familyOf(product.pid);
    product.signal('SIGTERM');
    expect(await product.ended).toBe(0);
    expect(product.log()).toContain('hung up 2 live calls');
    await until(() => !family.some(exists));
    for (const number of [bridged, native])
      expect(sandbox.log(number).calls).toEqual([expect.objectContaining({ status: 'completed', ended_by: 'api' })]);

    await system.start();
    for (const { id } of bookings) expect((await client.final(id)).status).toBe('needs_review');
    for (const number of [bridged, native]) expect(sandbox.log(number).calls).toHaveLength(1);
  },
);
