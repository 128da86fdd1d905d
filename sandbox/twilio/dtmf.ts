import { RATE } from '../audio/formats.ts';

/** ITU-T Q.23: rows and columns of the keypad, in hertz. */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYPAD = ['123A', '456B', '789C', '*0#D'];
/** Share of a frame's energy that both frequencies of a key have together; speech has far less. */
const SHARE = 0.8;
/** A quieter frame is silence. Mean square of the samples. */
const AUDIBLE = 250_000;
/** Frames of one key: fewer may be chance. */
const FRAMES = 2;

/** Energy of one frequency in a frame (Goertzel), as a share of the frame's. */
function share(samples: Int16Array, hertz: number, energy: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + turn * last - before];
  return ((last * last + before * before - turn * last * before) * 2) / (samples.length * energy);
}

const loudest = (samples: Int16Array, all: readonly number[], energy: number): { index: number; share: number } =>
  all
    .map((hertz, index) => ({ index, share: share(samples, hertz, energy) }))
    .reduce((best, one) => (one.share > best.share ? one : best));

/** The key that sounds in a frame; undefined: none. */
function keyIn(samples: Int16Array): string | undefined {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy / samples.length < AUDIBLE) return undefined;
  const row = loudest(samples, ROWS, energy);
  const column = loudest(samples, COLUMNS, energy);
  const both = row.share + column.share;
  return both > SHARE && Math.min(row.share, column.share) > SHARE / 4 ? KEYPAD[row.index]![column.index] : undefined;
}

/** Hears keys in a stream of frames, as the menu of a telephone system does. */
export class KeyEar {
  private key: string | undefined;
  private frames = 0;

  /** Takes 20 ms. `tone`: a key sounds; `pressed`: the key, once for each press. */
  hear(samples: Int16Array): { tone: boolean; pressed?: string } {
    const key = keyIn(samples);
    this.frames = key !== undefined && key === this.key ? this.frames + 1 : 1;
    this.key = key;
    if (key === undefined) return { tone: false };
    return { tone: true, ...(this.frames === FRAMES && { pressed: key }) };
  }
}
