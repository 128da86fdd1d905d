import { byPhoneChannel } from '../../domain/channels.ts';
import type { BookingView } from '../../domain/view.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import type { Client } from '../../test/e2e/support/client.ts';
import type { Case } from './cases.ts';

/** What became of one case; `wrong`: in which way its end was not the right one. */
export interface Played {
  case: Case;
  id: string;
  wrong?: string | undefined;
  /** The turns of a call that went wrong. */
  turns?: string[];
}

/** Longest life of one booking. */
const LONG_MS = 600_000;

/** How its end differs from what really happened on the line; undefined: it does not. */
function wrongIn(
  { meeting, date, time, order }: Case,
  { outcome, attempts }: BookingView,
  sandbox: Sandbox,
): string | undefined {
  if (outcome?.result !== meeting.result) return `${outcome?.result} (${outcome?.notes}), and not ${meeting.result}`;
  const { calls } = sandbox.log(order.number);
  if (calls.length !== meeting.calls) return `${calls.length} calls, and not ${meeting.calls}`;
  if (attempts.length !== meeting.calls) return `${attempts.length} attempts, and not ${meeting.calls}`;
  if (outcome.result !== 'confirmed') return undefined;
  const given = `${date} ${time}`;
  const told = `${outcome.confirmed_date} ${outcome.confirmed_time}`;
  return told === given ? undefined : `confirmed for ${told}, and not ${given}`;
}

const turnsOf = async (client: Client, id: string): Promise<string[]> =>
  ((await client.transcript(id).catch(() => undefined)) ?? []).map(
    ({ role, message, at_seconds }) => `${at_seconds} ${role}: ${message}`,
  );

/** Books one case, and waits for its end. */
export async function play(one: Case, client: Client, sandbox: Sandbox): Promise<Played> {
  const { channel, meeting, order } = one;
  sandbox.scenario(order);
  const wish = byPhoneChannel((each) => ({
    enabled: each === channel,
    max_attempts: meeting.calls,
    max_call_seconds: 300,
  }));
  const { id } = await client.book(order.number, { ...wish, simulation: { enabled: false } });
  try {
    const wrong = wrongIn(one, await client.final(id, LONG_MS), sandbox);
    return { case: one, id, wrong, ...(wrong === undefined ? {} : { turns: await turnsOf(client, id) }) };
  } catch (error) {
    return { case: one, id, wrong: `no end: ${(error as Error).message}` };
  }
}
