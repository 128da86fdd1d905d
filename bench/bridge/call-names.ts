/** What the n-th call of the bench is called, on both sides of the measured process. */
export const bookingIdOf = (n: number): string => `bk_bench${String(n).padStart(5, '0')}`;
export const callIdOf = (n: number): string => `${bookingIdOf(n)}.1`;
export const callSidOf = (n: number): string => `CA${String(n).padStart(32, '0')}`;
export const streamSidOf = (n: number): string => `MZ${String(n).padStart(32, '0')}`;
export const tokenOf = (n: number): string => `bench-token-${n}`;
