/** The part of WebAssembly that the codec uses. TypeScript has its types only together with a browser's. */
export interface WasmMemory {
  /** Replaced by each growth. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Api {
  /** In pages of 64 KiB. */
  Memory: new (size: {
    initial: number;
  }) => WasmMemory;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: { run: unknown } };
}

export const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Api }).WebAssembly;
