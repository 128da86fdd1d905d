import { CLOCKS_DIFFER_MS } from '../../activities/find-leg.ts';
import { contradictions } from '../../domain/audit.ts';
import type { Contradiction } from '../../domain/contradiction.ts';
import { iso } from '../../domain/iso.ts';
import { viewOf } from '../../domain/render.ts';
import { ProviderUnreachable } from '../../providers/interface.ts';
import type { Run } from './run.ts';
import { heardInTime } from './run.ts';

/** After the outcome; the second look is for what was queued for hours. */
const LOOKS_MS = [10 * 60_000, 24 * 3_600_000];
const AGAIN_MS = 10 * 60_000;

/** What both providers' lists show now that the outcome did not know. Throws ProviderUnreachable. */
function look(run: Run): Contradiction[] {
  const { world, state } = run;
  if (!state) return [];
  // A call that is on record for nobody came of the last dial before it, as activities/audit-calls.ts has it.
  const dialBehind = (created: number): string | undefined =>
    world.database.dials().findLast(({ at }) => Date.parse(at) <= created + CLOCKS_DIFFER_MS)?.call_id;
  const calls = world.callsTo(run.start).map(({ call_sid, status, created_at, ended_at }) => ({
    call_sid,
    status,
    ended_at,
    call_id: world.database.ownerOf(call_sid) ?? dialBehind(Date.parse(created_at)),
  }));
  const conversations = world.conversationsOf(run.start);
  // A call of the business after the outcome is noted beside it.
  const follow_ups = world.legs
    .filter(({ inbound, created_at }) => inbound && created_at > (run.ended_at ?? Infinity))
    .map(({ call_id, created_at }) => ({ call_id, at: iso(created_at), report: null, proof: null }));
  return contradictions({ ...viewOf(state), follow_ups }, calls, conversations, heardInTime(run));
}

/** Plans the looks of the audit at a booking that has just got its outcome: each found thing goes to `run.audited`. */
export function planAudit(run: Run): void {
  const { world } = run;
  const attempt = (): void => {
    // Nobody else's business: it is done when the booking's own accounts are back.
    const asks = !world.circumstances.isElsewhere(world.now);
    try {
      if (asks) run.audited.push(...look(run));
    } catch (error) {
      if (!(error instanceof ProviderUnreachable)) throw error;
      world.agenda.plan(world.now + AGAIN_MS, attempt);
      return;
    }
    if (!asks) world.agenda.plan(world.now + AGAIN_MS, attempt);
  };
  for (const after of LOOKS_MS) world.agenda.plan(world.now + after, attempt);
}
