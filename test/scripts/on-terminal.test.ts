import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { onTerminal } from '../../scripts/pictures/on-terminal.ts';

const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;

(hasScript ? describe : describe.skip)('a program whose screen is captured', () => {
  const run = (code: string, expected?: number) =>
    onTerminal([process.execPath, '-e', code], process.cwd(), process.env, expected);

  it('runs on a terminal', async () => {
    const written = await run('console.log(String(process.stdout.isTTY), String(process.stdout.columns))');
    expect(written.toString()).toContain('true 104');
  });

  it('fails the capture when it ends otherwise than expected, with what it wrote', async () => {
    await expect(run('console.log("no such booking"); process.exit(3)')).rejects.toThrow(
      /ended with 3, not 0:\nno such/,
    );
    await expect(run('process.exit(0)', 3)).rejects.toThrow('ended with 0, not 3');
    expect((await run('console.log("declined"); process.exit(3)', 3)).toString()).toContain('declined');
  });
});
