import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { createActivities } from '../../../activities/index.ts';
import type {
  BookingActivities,
  DialActivities,
  DialInput,
  FollowUpActivities,
  MessageActivities,
  RecordActivities,
} from '../../../activities/interface.ts';
import type { DialResult, Evidence } from '../../../domain/evidence.ts';
import { parseCallId } from '../../../domain/ids.ts';
import { conversationSnapshot } from '../lookups.ts';
import { simulationResult } from '../simulation-result.ts';
import type { CourierActivities } from './courier.ts';
import type { Stage } from './stage.ts';
import { recordsOf } from './stage-records.ts';

/** What the stages need of the server that they play on. */
export interface Theatre {
  stage(bookingId: string): Stage;
  now(): Promise<number>;
  /** Waits in the server's time. */
  sleep(ms: number): Promise<void>;
  deliver(stage: Stage): Promise<void>;
  /** Asks the booking's workflow, as worker/still-wanted.ts does. */
  stillWanted: ActivityDependencies['stillWanted'];
}

type All = BookingActivities &
  DialActivities &
  RecordActivities &
  MessageActivities &
  FollowUpActivities &
  CourierActivities;

/** For so long a world in which nothing more happens is left alone; a nudge comes before. */
const QUIET_MS = 3_600_000;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The stage's talks have no turns: what a reader would find in them is what the world says. */
function understood({ world }: Stage, evidence: Evidence): Evidence {
  if (evidence.kind !== 'conversation' || !evidence.transcript?.talk) return evidence;
  const all = world.legs.flatMap((leg) => leg.conversations);
  const talk = all.find((one) => one.conversation_id === evidence.conversation_id);
  return talk ? { ...evidence, transcript: conversationSnapshot(world, talk).digest } : evidence;
}

/** The product's own activities (dial guard, reconciliation, watching, hanging up), each on its booking's world. */
export function simulatedActivities(theatre: Theatre): All {
  const stageOf = (callId: string): Stage => theatre.stage(parseCallId(callId)!.bookingId);
  const sync = async (stage: Stage): Promise<Stage> => {
    stage.world.runUntil(await theatre.now());
    return stage;
  };
  /** The stage, where its database can be reached. */
  const reached = async (stage: Stage): Promise<Stage> => {
    const { world } = await sync(stage);
    if (!world.circumstances.isDatabaseAway(world.now)) return stage;
    world.count('database away');
    throw new Error('the database is out of reach');
  };
  const real = (stage: Stage, callId?: string) =>
    createActivities({
      // A look-up that goes on for long is gone on with by whichever process there is.
      get accounts() {
        return stage.world.circumstances.accountsAt(stage.world.now);
      },
      callingWindow: stage.world.circumstances.windowAt(stage.world.now),
      allowedCountries: stage.world.circumstances.isBarred(stage.world.now) ? [] : undefined,
      twilio: stage.twilio,
      elevenlabs: stage.elevenlabs,
      records: recordsOf(stage.run, callId === undefined ? undefined : stage.planOf(callId)),
      artifacts: undefined as never,
      phoneHash: (phone) => phone,
      phoneHashes: (phone) => [phone],
      stillWanted: theatre.stillWanted,
      lineHanded: async () => 'told',
      alarms: { raise: () => undefined },
      log: silent,
      clock: {
        now: () => stage.world.now + stage.run.schedule.worker_skew_ms,
        sleep: async (ms) => {
          heartbeat();
          await theatre.sleep(ms);
          await sync(stage);
        },
      },
    });

  const dial = async (input: DialInput): Promise<DialResult> => {
    const { channel } = input;
    const stage = await sync(stageOf(input.call_id));
    const { n } = parseCallId(input.call_id)!;
    const one: (typeof stage.run.dials)[number] = { n, channel, decided_at: stage.world.now };
    stage.run.dials.push(one);
    stage.tell(`dial ${channel} (attempt ${n})`);
    one.result = await real(stage, input.call_id).dial(input);
    stage.tell(
      `learn that dial ${n} proves ${one.result.proves}${'reason' in one.result ? ` (${one.result.reason})` : ''}`,
    );
    return one.result;
  };

  return {
    dial,
    async reconcileDial(input) {
      const stage = await sync(stageOf(input.call_id));
      stage.tell(`reconcile ${parseCallId(input.call_id)!.n}`);
      const result = await real(stage).reconcileDial(input);
      stage.run.reconciled.push(result.verdict);
      stage.tell(`learn that dial ${parseCallId(input.call_id)!.n} is ${result.verdict}`);
      return result;
    },
    async watchLeg(input) {
      const stage = await sync(stageOf(input.call_id));
      try {
        const news = (await real(stage).watchLeg(input)).map((evidence) => understood(stage, evidence));
        for (const evidence of news) {
          stage.tell(
            `see ${'status' in evidence ? evidence.status : evidence.kind} of ${parseCallId(input.call_id)!.n}`,
          );
          stage.world.delivered.push({ at: stage.world.now, evidence });
        }
        return news;
      } catch (error) {
        // The engine would ask again. Not here: the test server does not always skip time once a workflow has closed over an
        // activity that waits for its retry.
        if (error instanceof ApplicationFailure) return [];
        throw error;
      }
    },
    async hangUp(input) {
      const stage = await sync(stageOf(input.call_id));
      stage.tell(`hang up ${parseCallId(input.call_id)!.n} (${input.mode})`);
      return real(stage).hangUp(input);
    },
    async simulate(input) {
      const stage = await sync(stageOf(input.call_id));
      if (!stage.mayAct) return { ok: false, problem: { code: 'other_accounts', message: 'other accounts' } };
      stage.run.simulations.push(stage.world.now);
      stage.tell('simulate');
      return simulationResult(stage.run.schedule.simulation, stage.world.start);
    },
    async conclude({ snapshot }) {
      const stage = await sync(theatre.stage(snapshot.view.id));
      const { run, world } = stage;
      if (run.outcome !== null && JSON.stringify(run.outcome) !== JSON.stringify(snapshot.view.outcome))
        run.outcomes += 1;
      if (run.outcome !== null) return;
      run.outcomes += 1;
      run.outcome = snapshot.view.outcome;
      stage.write(snapshot.view);
      run.ended_at = Date.parse(snapshot.view.updated_at);
      run.heard = world.delivered.filter((one) => one.at <= run.ended_at!).length;
      world.database.settle(world.now);
      world.tell(`final: ${run.outcome?.result} ${run.outcome?.notes ?? ''}`);
    },
    alarm: async () => undefined,
    async takeLine({ booking_id }) {
      const stage = await reached(theatre.stage(booking_id));
      const { run, world } = stage;
      const taken = !world.otherBookingHolds(world.now);
      const open = run.line_waits.at(-1);
      if (!taken) world.count('line busy');
      if (!taken) stage.awaitLine();
      if (!taken && open?.to !== Infinity) run.line_waits.push({ from: world.now, to: Infinity });
      if (taken && open?.to === Infinity) open.to = world.now;
      return { taken, of_key: 1 };
    },
    releaseLine: async ({ booking_id }) => void (await reached(theatre.stage(booking_id))),
    async saveSnapshot({ view, events }) {
      const stage = await reached(theatre.stage(view.id));
      const { world } = stage;
      stage.write(view);
      for (const event of events) if (event.type === 'evidence') world.database.add(event.evidence, world.now);
    },
    forbidNumber: async () => undefined,
    async heardSoFar({ call_id }) {
      const { world } = await reached(stageOf(call_id));
      return world.database.results().filter((one) => one.call_id === call_id);
    },
    async recall({ booking_id }) {
      const { database } = (await reached(theatre.stage(booking_id))).world;
      return { dials: database.dials(), evidence: database.evidence() };
    },
    tellClient: async () => 'delivered',
    beginFollowUp: async (input) => real(await reached(stageOf(input.call_id))).beginFollowUp(input),
    concludeFollowUp: async (input) => real(await reached(stageOf(input.call_id))).concludeFollowUp(input),
    collectFollowUp: async () => undefined,
    async pump(bookingId) {
      const stage = await sync(theatre.stage(bookingId));
      await theatre.deliver(stage);
      stage.lookForCallers();
      if (stage.outbox.length > 0) return 1_000;
      return Math.min(stage.world.agenda.next - stage.world.now, QUIET_MS);
    },
  };
}
