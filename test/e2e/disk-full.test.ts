import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { runSystem } from './support/system.ts';

const SIZE = '128m';
const BLOCK = Buffer.alloc(1024 * 1024);

/** A small disk of its own; undefined: only root may make one. */
function smallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'vocero-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  if (status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

/** Writes until the system refuses. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(BLOCK);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    await file.close();
  }
}

const disk = smallDisk();

(disk ? describe : describe.skip)('a full disk', () => {
  afterAll(() => {
    execFileSync('umount', ['--lazy', disk!]);
    rmSync(disk!, { recursive: true });
  });
  const system = runSystem({ env: { DATA_DIR: join(disk ?? '', 'data') } });
  const ready = () => system.client.send('GET', '/readyz');
  const count = (text: string): number => system.product.log().split(text).length - 1;

  it('makes it not ready, raises one alarm and no flood of lines, and passes by itself', async () => {
    const { client, sandbox } = system;
    const before = '+541143210701';
    expect((await client.outcomeOf(before)).outcome).toMatchObject({ result: 'confirmed' });
    const filler = join(disk!, 'filler');
    await fill(filler);

    await until(async () => (await ready()).status === 503, 20_000, 'not ready');
    expect(String((await ready()).body.detail)).toMatch(/^Not ready: .*storage \(the disk of DATA_DIR is full\)/);
    await until(() => count('ALARM storage_full') === 1, 20_000, 'the alarm');
    const began = Date.now();
    const lines = count('\n');
    await until(() => Date.now() - began > 15_000, 30_000, 'a quarter of a minute');
    expect(count('\n') - lines).toBeLessThan(8);

    rmSync(filler);
    await until(async () => (await ready()).status === 200, 30_000, 'ready again');
    const after = '+541143210702';
    expect((await client.outcomeOf(after)).outcome).toMatchObject({ result: 'confirmed' });
    await until(() => count('has room again') === 1, 20_000, 'the end in the log');
    expect(count('ALARM storage_full')).toBe(1);
    expect(sandbox.log(after).calls).toHaveLength(1);
  }, 180_000);
});
