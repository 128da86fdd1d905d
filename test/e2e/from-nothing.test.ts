import { afterAll, expect, it } from '@jest/globals';
import { vocero } from '../cli/support/vocero.ts';
import { ALL, Newcomer } from '../provision/support.ts';
import { Client, ONLY_BRIDGE, ONLY_NATIVE } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

// Two keys in a .env, an account with nothing in it, and the commands of docs/live.md in their order. What the agents may do
// and where they report is, from then on, only what provision has set.

let someone: Newcomer | undefined;
let product: RunningProcess | undefined;

afterAll(async () => {
  await end(product);
  await someone?.leave();
}, 60_000);

it('provision, start, doctor, book: with an account that was empty, on both phone channels', async () => {
  const port = await ownPort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...LIVE,
    PORT: String(port),
    TEMPORAL_PORT: String(await ownPort()),
    TEMPORAL_UI_PORT: String(await ownPort()),
  };
  someone = await Newcomer.arrive(settings, url);
  const early = await vocero(['doctor', '--json'], someone.folder);
  expect(early.json()).toMatchObject({ ok: false });
  expect(early.out).toContain('ELEVENLABS_AGENT_ID: is missing');

  const provisioned = await someone.provision('--json');
  expect(provisioned.json()).toMatchObject({ failed: null });
  expect(someone.holds()).toEqual(ALL);
  product = startProcess(['processes/vocero.mjs', 'start'], someone.folder, {});
  await ready(product, `${url}/readyz`);
  const healthy = await vocero(['doctor', '--json'], someone.folder);
  expect(healthy.json()).toMatchObject({ ok: true });

  const client = new Client(url);
  const [native, bridge, booked] = await Promise.all([
    client.outcomeOf('+541143211234', ONLY_NATIVE),
    client.outcomeOf('+541143211235', ONLY_BRIDGE),
    vocero(
      ['book', '--business', 'X', '--phone', '+541143211236', '--service', 'a', '--user', 'b', '--language', 'en'],
      someone.folder,
    ),
  ]);
  expect(native.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
  expect(native.outcome!.evidence).toEqual(expect.arrayContaining(['report_result', 'post_call']));
  expect(bridge.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  expect(bridge.outcome!.evidence).toContain('report_result');
  expect(booked.out).toContain('confirmed');
  expect(someone.sandbox.log().notes.map(({ text }) => text)).toEqual([]);
}, 180_000);
