/** Milliseconds of many frames, kept without a garbage collector's notice. */
export class RoundTrips {
  #values: Float64Array;
  #length = 0;

  constructor(expected: number) {
    this.#values = new Float64Array(Math.ceil(expected * 1.2) + 1024);
  }

  add(ms: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = ms;
  }

  /** By nearest rank; NaN without any. */
  quantiles(): { p50: number; p95: number; p99: number; max: number } {
    const sorted = this.#values.slice(0, this.#length).sort();
    const at = (share: number): number => sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  }
}
