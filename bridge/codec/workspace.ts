import { filterIn } from './filter.ts';
import { Memory } from './web-assembly.ts';

/**
 * Memory of the filter: one block of one stream at a time, and the coefficients of every filter in use. It is shared, because each
 * WebAssembly memory reserves gigabytes of addresses. A stream keeps its state elsewhere.
 */
const memory = new Memory({ initial: 1 });
const PAGE = 65_536;

/** Maximum of samples in a block: more than 20 ms at every rate, and few enough for the processor's cache. */
export const MAX_SAMPLES = 1024;
/** Position of a block's samples, counted in samples. The stream's earlier samples end there. */
export const INPUT = 1024;
/** Position of the output samples: up to six times as many, from 8 to 48 kHz. */
export const OUTPUT = INPUT + MAX_SAMPLES;
const ROOM = 6 * MAX_SAMPLES;
let used = 2 * (OUTPUT + ROOM);

interface Workspace {
  samples: Int16Array;
  bytes: Buffer;
}
const views = (): Workspace => ({ samples: new Int16Array(memory.buffer), bytes: Buffer.from(memory.buffer) });

/** The memory as samples and as bytes, both little-endian like WebAssembly. */
export let workspace = views();

export const filter = filterIn(memory);

/** Stores coefficients for the lifetime of the process. Returns their address. */
export function keep(bank: Int16Array): number {
  const at = used;
  used += bank.byteLength;
  const missing = used - memory.buffer.byteLength;
  if (missing > 0) {
    memory.grow(Math.ceil(missing / PAGE));
    workspace = views();
  }
  workspace.samples.set(bank, at / 2);
  return at;
}
