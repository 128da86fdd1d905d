import { Gauge, type Registry } from 'prom-client';

/** `vocero_build_info`: always 1, with the version of this process as its label. */
export function buildInfo(register: Registry, version: string): void {
  new Gauge({
    name: 'vocero_build_info',
    help: 'The version of this process; always 1',
    labelNames: ['version'],
    registers: [register],
  }).set({ version }, 1);
}
