/** What a measured process tells the bench, and what it is asked. */
export type FromChild = { ready: true } | { cpuSeconds: number } | { seen: string; at: number };
export type ToChild = { ask: 'cpu' } | { ask: 'stop' };
