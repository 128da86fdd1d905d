import { decodeMulaw } from '../../../sandbox/audio/mulaw.ts';
import { readWav } from '../../bridge/support/wav.ts';

/** How long one side of a recording is, and in how much of it somebody is heard. Seconds. */
export interface Side {
  seconds: number;
  heard: number;
}

const WINDOW_SECONDS = 0.1;
/** Well above a quiet line, well below anybody who speaks. Of 32,768. */
const AUDIBLE = 400;

function side(samples: Int16Array, rate: number): Side {
  const window = rate * WINDOW_SECONDS;
  let heard = 0;
  for (let at = 0; at + window <= samples.length; at += window) {
    let energy = 0;
    for (const sample of samples.subarray(at, at + window)) energy += sample * sample;
    if (Math.sqrt(energy / window) > AUDIBLE) heard += WINDOW_SECONDS;
  }
  return { seconds: samples.length / rate, heard };
}

/** Both channels of a stereo WAV in mu-law; throws when it is none. */
export function sidesOf(wav: Buffer): [Side, Side] {
  const { left, right, rate } = readWav(wav);
  return [side(decodeMulaw(left), rate), side(decodeMulaw(right), rate)];
}

/** Seconds until each side of a stereo WAV in mu-law is heard for the first time; Infinity: never. */
export function firstHeard(wav: Buffer): [number, number] {
  const { left, right, rate } = readWav(wav);
  const first = (samples: Int16Array): number => {
    const at = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
    return at < 0 ? Number.POSITIVE_INFINITY : at / rate;
  };
  return [first(decodeMulaw(left)), first(decodeMulaw(right))];
}

/** Bit rates (kbit/s) and sample rates of MPEG-1 and MPEG-2, Layer III. */
const TABLES = {
  1: { rates: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], hertz: [44_100, 48_000, 32_000] },
  2: { rates: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], hertz: [22_050, 24_000, 16_000] },
} as const;

/**
 * Reads an MP3 file frame by frame, as a player does. A frame counts as heard when its first granule holds sound: in digital
 * silence there is none to store. Throws where anything but a frame stands.
 */
export function mp3Of(file: Buffer): Side {
  let seconds = 0;
  let heard = 0;
  for (let at = 0; at + 4 <= file.length; ) {
    const header = file.readUInt32BE(at);
    if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1) throw new Error(`no Layer III frame at byte ${at}`);
    const version = (header >>> 19) & 1 ? 1 : 2;
    const { rates, hertz } = TABLES[version];
    const rate = hertz[(header >>> 10) & 3];
    const bits = rates[(header >>> 12) & 15];
    if (!rate || !bits) throw new Error(`a frame of no known rate at byte ${at}`);
    const mono = ((header >>> 6) & 3) === 3;
    const [samples, skipped] = version === 1 ? [1152, mono ? 9 + 5 + 4 : 9 + 3 + 8] : [576, mono ? 8 + 1 : 8 + 2];
    // The side information follows the header and, where there is one, its check sum.
    const info = at + ((header >>> 16) & 1 ? 4 : 6);
    const stored = (file.readUInt32BE(info + (skipped >>> 3)) >>> (20 - (skipped & 7))) & 0xfff;
    seconds += samples / rate;
    if (stored > 0) heard += samples / rate;
    at += Math.floor((samples / 8) * ((bits * 1000) / rate)) + ((header >>> 9) & 1);
  }
  return { seconds, heard };
}
