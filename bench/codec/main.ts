import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { linearToMulaw } from '../../bridge/codec/mulaw.ts';
import { type AudioFormat, audioFormat, FORMAT_NAMES, PHONE_AUDIO } from '../../domain/audio-format.ts';
import { median } from '../statistics.ts';
import { timeProduct } from './product.ts';
import { type Line, type Report, textOf } from './report.ts';
import { soxVersion, timeSox } from './sox.ts';
import type { Timing } from './timing.ts';
import { voice } from './voice.ts';

const HELP = `How fast phone audio is turned into an agent's and back, beside sox in the same run.

  npm run bench:codec -- [--minutes N] [--rounds N] [--format NAME] [--json]

  --minutes  length of the audio (60)
  --rounds   everything is measured in turn this many times (3)
  --format   only between the phone and this format, such as pcm_16000
  --json     the report as JSON
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    format: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const count = (name: 'minutes' | 'rounds'): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  return refuse(`--${name} is "${values[name]}"; give a whole number from 1 on`);
};
const minutes = count('minutes');
const rounds = count('rounds');
const names = FORMAT_NAMES.filter((name) => name !== PHONE_AUDIO.name && (values.format ?? name) === name);
if (names.length === 0) refuse(`--format is "${values.format}"; give one of ${FORMAT_NAMES.slice(1).join(', ')}`);
const formats = names.map((name) => audioFormat(name)!);
const pairs = formats.flatMap((format) => [[PHONE_AUDIO, format] as const, [format, PHONE_AUDIO] as const]);

const FRAME_MS = 20;
const MINUTE_MS = 60_000;

const sox = soxVersion();
if (!sox) console.error('  sox is not installed: nothing to compare with (Debian: apt-get install sox)');

const folder = mkdtempSync(join(tmpdir(), 'vocero-codec-'));
try {
  const audio = new Map([PHONE_AUDIO, ...formats].map((format) => [format, minuteOf(format)]));
  const taken = pairs.map(() => ({ frames: [] as Timing[], whole: [] as Timing[], sox: [] as Timing[] }));
  for (let round = 1; round <= rounds; round++) {
    console.error(`  round ${round} of ${rounds}`);
    for (const [i, [from, to]] of pairs.entries()) {
      const minute = audio.get(from)!;
      taken[i]!.frames.push(timeProduct(from, to, minute, minutes, FRAME_MS));
      if (sox) taken[i]!.sox.push(withFile(minute, (file) => timeSox(from, to, file)));
      taken[i]!.whole.push(timeProduct(from, to, minute, minutes, MINUTE_MS));
    }
  }
  const lines = pairs.map(([from, to], i): Line => {
    const { frames, whole, sox } = taken[i]!;
    return {
      from: from.name,
      to: to.name,
      frames: middle(frames),
      whole: middle(whole),
      sox: sox.length > 0 ? middle(sox) : undefined,
    };
  });
  const report: Report = { minutes, rounds, node: process.version, sox, lines };
  console.log(values.json ? JSON.stringify(report, null, 2) : textOf(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function minuteOf(format: AudioFormat): Buffer {
  const samples = voice(format.rate, 60);
  return format.encoding === 'ulaw' ? linearToMulaw(samples) : Buffer.from(samples.buffer);
}

/** The whole length as one file, for as long as it is needed: at 48 kHz an hour is 345 MB. */
function withFile<T>(minute: Buffer, use: (file: string) => T): T {
  const file = join(folder, 'audio');
  writeFileSync(file, '');
  for (let i = 0; i < minutes; i++) writeFileSync(file, minute, { flag: 'a' });
  const result = use(file);
  rmSync(file);
  return result;
}

function middle(timings: Timing[]): Timing {
  return { wallS: median(timings.map(({ wallS }) => wallS)), cpuS: median(timings.map(({ cpuS }) => cpuS)) };
}

function refuse(problem: string): never {
  console.error(`${problem}\n\n${HELP}`);
  process.exit(2);
}
