import { filterIn } from './filter.ts';
import { Memory } from './web-assembly.ts';

/**
 * The memory that the filter works in: one block of one stream at a time, and the coefficients of every filter in use.
 * It is shared, because each memory of WebAssembly reserves gigabytes of addresses; a stream's own state stays with it.
 */
const memory = new Memory({ initial: 1 });
const PAGE = 65_536;

/** Most samples in a block: over 20 ms at every rate, and few enough to stay in the processor's cache. */
export const MOST_SAMPLES = 1024;
/** Where a block's samples lie, counted in samples; what its stream had before ends there. */
export const INPUT = 1024;
/** Where the samples lie that are made of them: six times as many, from 8 to 48 kHz. */
export const OUTPUT = INPUT + MOST_SAMPLES;
const ROOM = 6 * MOST_SAMPLES;
let used = 2 * (OUTPUT + ROOM);

interface Workspace {
  samples: Int16Array;
  bytes: Buffer;
}
const views = (): Workspace => ({ samples: new Int16Array(memory.buffer), bytes: Buffer.from(memory.buffer) });

/** The memory as samples and as bytes; both little-endian, as WebAssembly is. */
export let workspace = views();

export const filter = filterIn(memory);

/** Puts coefficients into the memory for good; returns their address. */
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
