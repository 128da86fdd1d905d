import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CallRecorder } from '../../bridge/call-recorder.ts';
import { StereoWav } from '../../bridge/stereo-wav.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import { quiet } from './support/house.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';
import { readWav } from './support/wav.ts';

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wav-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As it comes from the phone: base64 in a message. */
function heard(recorder: CallRecorder, audio: Buffer): void {
  const message = Buffer.from(`"${audio.toString('base64')}"`);
  recorder.business(message, 1, message.length - 1);
}

describe('a recording', () => {
  it('can be played while it grows, as after a crash', () =>
    withFolder(async (folder) => {
      const wav = new StereoWav(openArtifacts(folder).create('a/b.wav'), quiet);
      const read = async (): Promise<ReturnType<typeof readWav>> => readWav(await readFile(join(folder, 'a/b.wav')));
      for (let second = 1; second <= 3; second++) {
        wav.append(mulawTone(400, 8000), mulawTone(700, 8000));
        let length = 0;
        // Between a write and its header a reader may meet a shorter file; it settles without a close.
        for (let i = 0; i < 1000 && length !== 8000 * second; i++) {
          length = await read().then(
            ({ left }) => left.length,
            () => 0,
          );
        }
        expect(length).toBe(8000 * second);
      }
      expect((await read()).right.subarray(0, 8000).equals(mulawTone(700, 8000))).toBe(true);
      expect(await wav.close()).toBe(58 + 3 * 16_000);
    }));

  it('is gone on with where a crash left it, with silence for the time between', () =>
    withFolder(async (folder) => {
      const artifacts = openArtifacts(folder);
      const known: number[] = [];
      const before = new StereoWav(artifacts.create('a.wav'), quiet, (bytes) => known.push(bytes));
      before.append(mulawTone(400, 8000), mulawTone(700, 8000));
      await until('it is worth to be known', () => known.length > 0);
      await before.close();
      expect(known).toEqual([58 + 16_000]);

      const left = artifacts.extend('a.wav').then(({ file, bytes }) => ({ file, bytes, gapMs: 250 }));
      const after = new StereoWav(left, quiet);
      after.append(mulawTone(500, 800), mulawTone(500, 800));
      expect(await after.close()).toBe(58 + 16_000 + 4_000 + 1_600);
      const heard = readWav(await readFile(join(folder, 'a.wav'))).left;
      expect(heard.subarray(0, 8000).equals(mulawTone(400, 8000))).toBe(true);
      expect(heard.subarray(8000, 10_000).every((byte) => byte === 0xff)).toBe(true);
      expect(heard.subarray(10_000).equals(mulawTone(500, 800))).toBe(true);
    }));

  it('is given up, not waited for, where the disk refuses it', async () => {
    const wav = new StereoWav(Promise.reject(new Error('disk full')), quiet);
    await until('the refusal is known', () => !wav.append(Buffer.alloc(160), Buffer.alloc(160)));
    expect(await wav.close()).toBeUndefined();
  });

  it('is no recording when nothing was heard', () =>
    withFolder(async (folder) => {
      expect(await new StereoWav(openArtifacts(folder).create('x.wav'), quiet).close()).toBeUndefined();
    }));

  it('fills a gap of the callee with silence and evens out jitter', () =>
    withFolder(async (folder) => {
      let now = 0;
      const recorder = new CallRecorder(new StereoWav(openArtifacts(folder).create('x.wav'), quiet), () => now);
      const frame = mulawTone(400, 160);
      for (const at of [20, 45, 60, 80, 1080]) {
        now = at;
        heard(recorder, frame);
      }
      now = 1100;
      await recorder.finish();
      const { left } = readWav(await readFile(join(folder, 'x.wav')));
      expect(left.length).toBe(8800);
      expect(left.subarray(0, 640).equals(Buffer.concat([frame, frame, frame, frame]))).toBe(true);
      expect(left.subarray(640, 8480).every((byte) => byte === 0xff)).toBe(true);
      expect(left.subarray(8480, 8640).equals(frame)).toBe(true);
    }));

  it('keeps no more of a flood than a second', () =>
    withFolder(async (folder) => {
      const recorder = new CallRecorder(new StereoWav(openArtifacts(folder).create('x.wav'), quiet), () => 0);
      for (let i = 0; i < 200; i++) heard(recorder, Buffer.alloc(160));
      expect(recorder.lost).toBe(200 - 51);
      await recorder.finish();
    }));
});
