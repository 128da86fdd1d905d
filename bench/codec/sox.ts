import { execFileSync, spawnSync } from 'node:child_process';
import type { AudioFormat } from '../../domain/audio-format.ts';
import type { Timing } from './timing.ts';

/** First line of `sox --version`; undefined: not installed. */
export function soxVersion(): string | undefined {
  const found = spawnSync('sox', ['--version'], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.replace(/^sox:\s*/, '').trim() : undefined;
}

/**
 * One run of sox over a file, from start to exit. To do the same job as the product it writes no file and adds no dither
 * (-D), which would cost it about half of its speed. The shell's `times` tells the processor time.
 */
export function timeSox(from: AudioFormat, to: AudioFormat, file: string): Timing {
  const start = performance.now();
  const said = execFileSync(
    'sh',
    ['-c', 'sox -D "$@" || exit 1; times', 'sox', ...spec(from), file, ...spec(to), '/dev/null'],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    },
  );
  return { wallS: (performance.now() - start) / 1000, cpuS: childrenCpu(said) };
}

const spec = ({ encoding, rate }: AudioFormat): string[] =>
  encoding === 'ulaw'
    ? ['-t', 'ul', '-r', `${rate}`, '-c', '1']
    : ['-t', 'raw', '-e', 'signed', '-b', '16', '-r', `${rate}`, '-c', '1'];

/** The second line of `times`: user and system time of what the shell ran, as 0m1.25s. */
function childrenCpu(said: string): number {
  const times = [...(said.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return times.reduce((total, [, minutes, seconds]) => total + Number(minutes) * 60 + Number(seconds), 0);
}
