import { Counter, type Registry } from 'prom-client';
import { PHONE_CHANNELS, PROVIDERS } from '../domain/channels.ts';
import { maskPhone } from '../domain/mask-numbers.ts';
import { costOf, type Rates, sumOf } from '../domain/usage.ts';
import type { CallerRecords, CallUsage } from '../records/ports/callers.ts';

/** Counters by our number and channel, and their field. */
const COUNTERS: ['calls' | 'answered' | 'short' | 'talk_seconds', string, string][] = [
  ['calls', 'vocero_calls_total', 'Calls that a provider took'],
  ['answered', 'vocero_calls_answered_total', 'Calls that were answered, by people or machines'],
  ['short', 'vocero_calls_short_total', 'Calls that were answered and lasted less than six seconds'],
  ['talk_seconds', 'vocero_talk_seconds_total', 'Seconds of talk, from the answer to the end'],
];

/** Calls and talk of bookings that have their outcome, from the database; and what they cost by the rates of the settings. */
export function usageMetrics(
  register: Registry,
  records: Pick<CallerRecords, 'callUsage'>,
  { rates, callers = [] }: { rates?: Rates | undefined; callers?: readonly string[] | undefined },
): void {
  const registers = [register];
  const read = (): Promise<CallUsage[] | undefined> => records.callUsage().catch(() => undefined);
  for (const [field, name, what] of COUNTERS) {
    new Counter({
      name,
      help: `${what}, by our masked number (none: calls of businesses to us, and simulations) and channel; from the database`,
      labelNames: ['caller', 'channel'],
      registers,
      async collect() {
        const found = await read();
        if (!found) return;
        this.reset();
        for (const caller of callers)
          for (const channel of PHONE_CHANNELS) this.inc({ caller: maskPhone(caller), channel }, 0);
        for (const one of found) {
          this.inc({ caller: one.caller ? maskPhone(one.caller) : 'none', channel: one.channel }, one[field]);
        }
      },
    });
  }
  if (!rates) return;
  new Counter({
    name: 'vocero_estimated_cost_total',
    help: 'Estimated cost of the calls, by provider, from the rates of the settings; from the database',
    labelNames: ['provider', 'currency'],
    registers,
    async collect() {
      const found = await read();
      if (!found) return;
      this.reset();
      const cost = costOf(sumOf(found), rates);
      for (const provider of PROVIDERS) this.inc({ provider, currency: rates.currency }, cost[provider]);
    },
  });
}
