import { cpSync, rmSync } from 'node:fs';
import { expect } from '@jest/globals';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { ONCE_NATIVE } from './support/client.ts';
import { startProcess } from './support/process.ts';
import { runSystem } from './support/system.ts';

/** Backups of a data folder: the whole of it, as an operator copies it. */
const system = runSystem();
const claim = claimOf(system.tail, 240_000);

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
const dialing = async (): Promise<unknown> => (await system.client.send('GET', '/readyz')).body.dialing;

async function stopped(): Promise<void> {
  system.product.signal('SIGTERM');
  await system.product.ended;
}

async function vocero(...args: string[]): Promise<{ code: number | string; said: string }> {
  const command = startProcess(['processes/vocero.mjs', ...args], system.folder, system.env);
  return { code: await command.ended, said: command.log() };
}

claim(
  'a restored backup dials nobody before an operator says so, and then nobody whom the original reached',
  async () => {
    const { client, sandbox, dataDir } = system;
    const [reached, waiting] = ['+541143210601', '+541143210602'];
    const early = await client.book(reached, { ...ONCE_NATIVE, not_before: inSeconds(8) });
    const late = await client.book(waiting, { ...ONCE_NATIVE, not_before: inSeconds(35) });
    await stopped();
    cpSync(dataDir, `${dataDir}.backup`, { recursive: true, preserveTimestamps: true });

    await system.start();
    await client.send('POST', `/v1/bookings/${late.id}/cancel`);
    expect((await client.final(early.id)).outcome).toMatchObject({ result: 'confirmed' });
    expect(sandbox.log(reached).calls).toHaveLength(1);
    await stopped();

    rmSync(dataDir, { recursive: true });
    cpSync(`${dataDir}.backup`, dataDir, { recursive: true, preserveTimestamps: true });
    await system.start();
    expect(await dialing()).toBe('held');
    expect(system.product.log()).toContain('ALARM held_after_restore');
    for (const { id } of [early, late]) await client.until(id, ({ waiting_for }) => waiting_for === 'dialing', 60_000);
    expect(sandbox.log(reached).calls).toHaveLength(1);
    expect(sandbox.log(waiting).calls).toHaveLength(0);

    const asked = await vocero('resume-dialing');
    expect(asked).toMatchObject({ code: 1, said: expect.stringContaining(`${early.id}.1`) });
    expect(asked.said).toContain('know 1 calls');
    expect(await dialing()).toBe('held');
    expect(await vocero('resume-dialing', '--reconciled')).toMatchObject({ code: 0 });
    expect(await dialing()).toBe('on');

    const [a, b] = await Promise.all([early, late].map(({ id }) => client.final(id, 80_000)));
    expect(a!.outcome).toMatchObject({ result: 'confirmed' });
    expect(b!.outcome).toMatchObject({ result: 'confirmed' });
    await until(() => sandbox.log(waiting).calls.length === 1);
    expect(sandbox.log(reached).calls).toHaveLength(1);
  },
);
