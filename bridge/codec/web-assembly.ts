/** What the codec uses of WebAssembly, whose types TypeScript only has along with a browser's. */
export interface WasmMemory {
  /** A new one after each growth. */
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
