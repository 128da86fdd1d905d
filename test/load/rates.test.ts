import { expect } from '@jest/globals';
import { OPENS_AFTER } from '../../domain/circuit.ts';
import { claimOf } from '../e2e/support/claim.ts';
import { ONCE_BRIDGED, ONCE_NATIVE, ONLY_NATIVE } from '../e2e/support/client.ts';
import { LOAD_FACTOR } from '../support/load.ts';
import { plainNumber } from '../support/plain-numbers.ts';
import { mostAbove, runFleet } from './support/fleet.ts';

const PER_SECOND = { native: 4, bridge: 2 };
const fleet = runFleet(2, {
  ELEVENLABS_CALLS_PER_SECOND: String(PER_SECOND.native),
  TWILIO_CALLS_PER_SECOND: String(PER_SECOND.bridge),
});
const claim = claimOf(() => fleet.tail());

/** Nothing goes wrong at these numbers (sandbox/README.md). */
const numbers = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => plainNumber(Number(`5411432${prefix}`), i));

/** What Temporal lets through at once after a pause: a second's worth. */
const burst = (perSecond: number): number => perSecond;
/** Between a dial's turn and its request lies its last look, which takes one longer than another. */
const LOOKING_SECONDS = 2 * LOAD_FACTOR;

const dialed = (path: string, of: readonly string[]): number[] =>
  fleet.sandbox
    .log()
    .requests.filter((one) => one.method === 'POST' && one.path.endsWith(path) && of.includes(one.number))
    .map(({ at }) => at.getTime());

claim('calls a second hold over two workers, for each provider', async () => {
  const groups = [
    { wish: ONCE_NATIVE, path: '/outbound-call', of: numbers('101', 30), perSecond: PER_SECOND.native },
    { wish: ONCE_BRIDGED, path: '/Calls.json', of: numbers('102', 15), perSecond: PER_SECOND.bridge },
  ];
  for (const number of groups.flatMap(({ of }) => of)) fleet.sandbox.scenario({ number, callee: 'busy' });
  const all = await Promise.all(
    groups.flatMap(({ wish, of }) => of.map(async (number) => (await fleet.client.book(number, wish)).id)),
  );
  for (const id of all) expect((await fleet.client.final(id)).outcome?.result).toBe('unreachable');
  for (const { path, of, perSecond } of groups) {
    const times = dialed(path, of);
    expect(times).toHaveLength(of.length);
    expect(mostAbove(times, perSecond)).toBeLessThanOrEqual(burst(perSecond) + perSecond * LOOKING_SECONDS);
  }
  expect((await fleet.dialers(all)).size).toBe(2);
});

claim(
  'a provider that refuses the account is asked by a few of many bookings, and operators are told once',
  async () => {
    const of = numbers('103', 80);
    for (const number of of) fleet.sandbox.scenario({ number, native: '401' });
    const wish = { ...ONLY_NATIVE, simulation: { enabled: false } };
    const ids = await Promise.all(of.map(async (number) => (await fleet.client.book(number, wish)).id));
    const codes = new Set<string | undefined>();
    for (const id of ids) {
      const { outcome, attempts } = await fleet.client.final(id, 80_000);
      expect(outcome?.result).toBe('error');
      codes.add(attempts[0]?.error?.code);
    }
    expect([...codes].sort()).toEqual(['circuit_open', 'elevenlabs_http_401']);
    // Those that were on their way when it opened are asked as well.
    const asked = dialed('/outbound-call', of).length;
    expect(asked).toBeGreaterThanOrEqual(OPENS_AFTER);
    expect(asked).toBeLessThanOrEqual(OPENS_AFTER + burst(PER_SECOND.native) + PER_SECOND.native * LOOKING_SECONDS);
    const alarms = fleet.workers.flatMap((worker) => worker.log().match(/ALARM circuit_open/g) ?? []);
    expect(alarms).toHaveLength(1);
    const { body } = await fleet.client.send('GET', '/metrics');
    expect(body.text).toMatch(/vocero_circuit\{provider="elevenlabs",state="closed"\} 0/);
    expect(body.text).toMatch(/vocero_circuit\{provider="twilio",state="closed"\} 1/);
  },
);
