import type { AudioFormat } from '../../domain/audio-format.ts';
import { encodeInto } from './mulaw.ts';
import { workspace } from './workspace.ts';

/** Writes `count` samples of the workspace, from `from` on, into `out` from byte `at` on. */
type SampleWriter = (from: number, count: number, out: Buffer, at: number) => void;

export const sampleWriter = ({ encoding }: AudioFormat): SampleWriter => (encoding === 'ulaw' ? writeMulaw : writePcm);

function writeMulaw(from: number, count: number, out: Buffer, at: number): void {
  encodeInto(out, at, workspace.samples, from, count);
}

/** 16-bit little-endian, as in the workspace. */
function writePcm(from: number, count: number, out: Buffer, at: number): void {
  workspace.bytes.copy(out, at, 2 * from, 2 * (from + count));
}
