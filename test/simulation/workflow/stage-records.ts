import { CLOSED } from '../../../domain/circuit.ts';
import { parseCallId } from '../../../domain/ids.ts';
import type { AttemptView } from '../../../domain/view.ts';
import type { Records } from '../../../records/interface.ts';
import type { StoredBooking } from '../../../records/ports/bookings.ts';
import type { Run } from '../run.ts';
import type { DialPlan } from '../schedule.ts';

/** The database as the real activities find it: the world's, through the faults of the moment. `plan`: of the dial that looks. */
export function recordsOf(run: Run, plan: DialPlan | undefined): Records {
  const { world, input } = run;
  const { database, circumstances } = world;
  const guard = plan?.guard ?? 'none';
  if (guard !== 'none') world.count(`guard ${guard}`);
  const reach = (): void => {
    if (!circumstances.isDatabaseAway(world.now)) return;
    world.count('database away');
    throw new Error('the database is out of reach');
  };
  const { accounts, sandbox } = input.settings;
  const records: Partial<Records> = {
    async booking() {
      reach();
      if (!database.accepted) return undefined;
      const view = { outcome: run.outcome, attempts: [] as AttemptView[] };
      return { order: input.order, view, accounts, sandbox } as unknown as StoredBooking;
    },
    async claimDial({ call_id, channel, known, at }) {
      reach();
      if (guard === 'forbidden_meanwhile') world.forbid('do-not-call between look and claim');
      return database.claim({ call_id, channel, known, at }, world.now);
    },
    unclaimDial: async (callId) => database.unclaim(callId, world.now),
    async evidence() {
      reach();
      return database.evidence();
    },
    async takeLine() {
      reach();
      if (guard === 'database_down') throw new Error('the database is out of reach');
      return { taken: guard !== 'line_lost', of_key: 1, forbidden: database.forbidden };
    },
    hasBridge: async () => guard !== 'no_bridge',
    saveSnapshot: async () => [],
    async findAttempt({ call_sid }) {
      reach();
      return call_sid === undefined ? undefined : database.ownerOf(call_sid);
    },
    circuit: async () => CLOSED,
    changeCircuit: async (_provider, change) => ({ before: CLOSED, after: change(CLOSED) }),
    putTranscript: async () => undefined,
    turnsOf: async () => [],
    addEvidence: async () => undefined as never,
    claimFor: async () => [],
    async inboundCall(callId) {
      reach();
      const evidence = database.inbound(callId);
      if (!evidence) return undefined;
      const { call_id, call_sid, at } = evidence;
      return { call_id, call_sid, booking_id: input.order.id, follow_up: true, over: false, at };
    },
    async noteFollowUp(_bookingId, followUp) {
      reach();
      run.followed = [...(run.followed ?? []).filter(({ call_id }) => call_id !== followUp.call_id), followUp];
      return true;
    },
    inboundOver: async () => [],
    async linkAttempt(callId, ids) {
      reach();
      world.link(parseCallId(callId)!.n, ids);
    },
  };
  return records as Records;
}
