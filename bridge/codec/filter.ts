import { UNIT } from './polyphase.ts';
import {
  add,
  add32x4,
  atLeast,
  constant,
  dot16x8,
  get,
  I32,
  lanes,
  lessThan,
  load128,
  loopWhile,
  moduleOf,
  mul,
  narrow16x8,
  set,
  shiftRight32x4,
  splat32x4,
  storeLowest16,
  sub,
  tee,
  V128,
  when,
  zero128,
} from './wasm.ts';
import { Instance, Module, type WasmMemory } from './web-assembly.ts';

/**
 * The inner loop of resampling, as WebAssembly for its vector instructions: eight multiplications at a time, where
 * JavaScript has one. Sums are whole numbers, so they are the same on every machine and wherever a stream is cut.
 *
 * Makes `count` outputs, at least one, as 16-bit samples from address `out` on. The first is the dot product of the
 * samples from address `line` on with row number `phase` of the coefficients at `bank`, which is `rowBytes` long; each
 * further one lies `wholeBytes` of samples and `part` phases later, of `up` that make a sample.
 */
type Filter = (
  line: number,
  phase: number,
  out: number,
  count: number,
  bank: number,
  rowBytes: number,
  wholeBytes: number,
  part: number,
  up: number,
) => void;

const LINE = 0;
const PHASE = 1;
const OUT = 2;
const COUNT = 3;
const BANK = 4;
const ROW_BYTES = 5;
const WHOLE_BYTES = 6;
const PART = 7;
const UP = 8;
const TAP = 9;
const END = 10;
const SAMPLE = 11;
const SUM = 12;

const PARAMETERS = new Array<number>(9).fill(I32);
const LOCALS = [I32, I32, I32, V128];
const BITS = Math.log2(UNIT);

const addTo = (local: number, ...value: (readonly number[])[]): number[] =>
  [get(local), ...value, add, set(local)].flat();

const dotProduct = [
  [get(BANK), get(PHASE), get(ROW_BYTES), mul, add, tee(TAP), get(ROW_BYTES), add, set(END)],
  [get(LINE), set(SAMPLE), zero128, set(SUM)],
  loopWhile(
    [get(SUM), get(SAMPLE), load128, get(TAP), load128, dot16x8, add32x4, set(SUM)].flat(),
    addTo(SAMPLE, constant(16)),
    addTo(TAP, constant(16)),
    [get(TAP), get(END), lessThan].flat(),
  ),
].flat(2);

/** Sums the four lanes into each of them, then divides by the coefficients' unit, to the nearest. */
const sample = [
  [get(SUM), get(SUM), get(SUM), lanes([2, 3, 0, 1]), add32x4, tee(SUM)],
  [get(SUM), get(SUM), lanes([1, 0, 3, 2]), add32x4],
  [constant(UNIT / 2), splat32x4, add32x4, constant(BITS), shiftRight32x4, tee(SUM), get(SUM), narrow16x8],
].flat(2);

const onward = [
  addTo(OUT, constant(2)),
  addTo(LINE, get(WHOLE_BYTES)),
  addTo(PHASE, get(PART)),
  [get(PHASE), get(UP), atLeast].flat(),
  when([get(PHASE), get(UP), sub, set(PHASE)].flat(), addTo(LINE, constant(2))),
].flat();

const body = loopWhile(
  get(OUT),
  dotProduct,
  sample,
  storeLowest16,
  onward,
  [get(COUNT), constant(1), sub, tee(COUNT)].flat(),
);

const module = new Module(moduleOf(PARAMETERS, LOCALS, body));

/** The filter on this memory. */
export const filterIn = (memory: WasmMemory): Filter => new Instance(module, { env: { memory } }).exports.run as Filter;
