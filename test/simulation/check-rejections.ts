import { INSTANT_MS, tolerance } from './check-rules.ts';
import type { Run } from './run.ts';

export const REJECTED = [603, 607, 608];

/** Date at the business. */
const dayAt = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** Once word has come that a call was declined or blocked, no dial leaves on that day, on whatever channel. */
export function rejectedRestsForTheDay(run: Run): string | undefined {
  const { world, dials, resets, input } = run;
  const slack = tolerance(run);
  const [zone = 'UTC'] = input.order.zones;
  for (const leg of world.legs.filter(({ sip_code = 0 }) => REJECTED.includes(sip_code))) {
    const word = world.delivered.find(
      ({ evidence }) =>
        evidence.kind === 'call_status' &&
        evidence.call_id === leg.call_id &&
        REJECTED.includes(evidence.sip_code ?? 0),
    );
    if (!word || leg.ended_at === undefined) continue;
    const day = dayAt(zone, leg.ended_at);
    const early = world.requests.find(({ n, at }) => {
      const asked =
        dials.find((one) => one.n === n && one.asked_at !== undefined && one.asked_at <= at)?.asked_at ?? at;
      if (n === leg.n || asked <= word.at + INSTANT_MS || dayAt(zone, at + slack) > day) return false;
      // A run that was set back may have forgotten it.
      return !resets.some((reset) => reset.to <= word.at && reset.at >= word.at && reset.at <= at);
    });
    if (early) return `dial ${early.n} leaves on the day on which ${leg.call_id} was rejected`;
  }
  return undefined;
}
