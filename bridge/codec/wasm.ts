/**
 * A WebAssembly assembler for one function: names of its instructions, and the sections around them. Source of the numbers: WebAssembly
 * Core Specification 2.0, chapter 5.
 */
type Code = readonly number[];

export const I32 = 0x7f;
export const V128 = 0x7b;

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const add: Code = [0x6a];
export const sub: Code = [0x6b];
export const mul: Code = [0x6c];
export const lessThan: Code = [0x49];
export const atLeast: Code = [0x4f];

/** Pops a number; runs the body if it is not 0. */
export const when = (...body: Code[]): Code => [0x04, 0x40, ...body.flat(), 0x0b];
/** Repeats the body while it leaves a number other than 0 on the stack. */
export const loopWhile = (...body: Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b];

const simd = (opcode: number, ...rest: number[]): Code => [0xfd, ...unsigned(opcode), ...rest];

/** Loads 16 bytes from the address on the stack. The address needs no alignment. */
export const load128: Code = simd(0x00, 0, 0);
export const zero128: Code = simd(0x0c, ...new Array<number>(16).fill(0));
/** Reorders the 32-bit lanes of one vector, which is on the stack twice. */
export const lanes = (order: readonly [number, number, number, number]): Code =>
  simd(0x0d, ...order.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)));
export const add32x4: Code = simd(0xae);
export const splat32x4: Code = simd(0x11);
export const shiftRight32x4: Code = simd(0xac);
/** Multiplies eight 16-bit pairs and adds neighbours: four 32-bit sums. */
export const dot16x8: Code = simd(0xba);
/** Narrows 32 to 16 bits, with saturation. */
export const narrow16x8: Code = simd(0x85);
/** Stores the lowest 16 bits of the top vector at the address below it. */
export const storeLowest16: Code = simd(0x59, 0, 0, 0);

/** A module that imports `env.memory` and exports one function without a result as `run`. */
export function moduleOf(parameters: number[], locals: number[], body: Code): Uint8Array<ArrayBuffer> {
  const declared = locals.flatMap((type) => [1, type]);
  const code = [...unsigned(locals.length), ...declared, ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...list(parameters), 0]),
    ...section(2, [1, ...name('env'), ...name('memory'), 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('run'), 0x00, 0]),
    ...section(10, [1, ...list(code)]),
  ]);
}

const section = (id: number, content: Code): Code => [id, ...list(content)];
const list = (content: Code): Code => [...unsigned(content.length), ...content];
const name = (text: string): Code => list([...Buffer.from(text)]);

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
