import type { FileHandle } from 'node:fs/promises';
import { SILENCE } from './codec/mulaw.ts';
import { type BridgeLog, reasonOf } from './log.ts';

const HEADER_BYTES = 58;
const RATE = 8000;
const CHANNELS = 2;
/** WAVE_FORMAT_MULAW. */
const MULAW = 7;
/** Maximum that waits for a slow disk: a minute of both channels. */
const MAX_PENDING = RATE * CHANNELS * 60;

/** RIFF header of a stereo mu-law file with `bytes` of audio. The format is not PCM, so it needs a `fact` chunk. */
function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(MULAW, 20);
  header.writeUInt16LE(CHANNELS, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * CHANNELS, 28);
  header.writeUInt16LE(CHANNELS, 32);
  header.writeUInt16LE(8, 34);
  header.writeUInt16LE(0, 36);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(bytes / CHANNELS, 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(bytes, 54);
  return header;
}

/** A recording that an earlier process of the call left, and the time without a recording since. */
export interface LeftRecording {
  file: FileHandle;
  bytes: number;
  gapMs: number;
}

/** A gap becomes silence, so that times stay correct. Nobody waits longer than this on the phone. */
const LONGEST_GAP_MS = 120_000;

/**
 * A stereo mu-law WAV at 8 kHz that grows during a call: the business on the left, the agent on the right. The header is rewritten after
 * each write, so a file left by a crash can be played and continued. Failures of the disk never affect the call.
 */
export class StereoWav {
  readonly #file: Promise<FileHandle | undefined>;
  readonly #log: BridgeLog;
  readonly #began: (bytes: number) => void;
  #queue: Promise<void>;
  #pending = 0;
  #bytes = 0;
  #told = false;
  #broken = false;

  /** @param began called once there is audio: from then on the file is worth recording */
  constructor(file: Promise<FileHandle | LeftRecording>, log: BridgeLog, began: (bytes: number) => void = () => {}) {
    this.#log = log;
    this.#began = began;
    let left: LeftRecording | undefined;
    this.#file = file
      .then((opened) => {
        if (!('gapMs' in opened)) return opened;
        left = opened;
        this.#bytes = Math.max(0, opened.bytes - HEADER_BYTES) & ~1;
        return opened.file;
      })
      .catch((error: unknown) => this.#fail(error));
    this.#queue = this.#file.then(() => this.#write(left ? silenceOf(left) : Buffer.alloc(0)));
  }

  /** Appends both channels of one stretch of time, of equal length, a byte per sample. False: dropped. */
  append(left: Buffer, right: Buffer): boolean {
    const both = Buffer.allocUnsafe(left.length * CHANNELS);
    for (let i = 0; i < left.length; i++) {
      both[2 * i] = left[i]!;
      both[2 * i + 1] = right[i]!;
    }
    return this.appendBoth(both);
  }

  /** As `append`, with interleaved samples: left, right, left … */
  appendBoth(both: Buffer): boolean {
    if (this.#broken || this.#pending > MAX_PENDING) return false;
    this.#pending += both.length;
    this.#queue = this.#queue.then(async () => {
      await this.#write(both);
      this.#pending -= both.length;
    });
    return true;
  }

  /** Resolves to the file's size when everything was written; undefined: there is no recording. */
  async close(): Promise<number | undefined> {
    await this.#queue;
    const file = await this.#file;
    try {
      await file?.close();
    } catch (error) {
      this.#fail(error);
    }
    return this.#broken || this.#bytes === 0 ? undefined : HEADER_BYTES + this.#bytes;
  }

  async #write(both: Buffer): Promise<void> {
    const file = await this.#file;
    try {
      if (!file || this.#broken) return;
      if (both.length > 0) await file.write(both, 0, both.length, HEADER_BYTES + this.#bytes);
      this.#bytes += both.length;
      await file.write(wavHeader(this.#bytes), 0, HEADER_BYTES, 0);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#bytes === 0 || this.#told) return;
    this.#told = true;
    this.#began(HEADER_BYTES + this.#bytes);
  }

  #fail(error: unknown): undefined {
    if (!this.#broken) this.#log.error({ reason: reasonOf(error) }, 'could not write the recording');
    this.#broken = true;
    return undefined;
  }
}

const silenceOf = ({ gapMs }: LeftRecording): Buffer =>
  Buffer.alloc(Math.floor((Math.min(Math.max(gapMs, 0), LONGEST_GAP_MS) * RATE) / 1000) * CHANNELS, SILENCE);
