import type { InboundEvidence } from '../../domain/evidence.ts';
import { callIdOf, FIRST_INBOUND } from '../../domain/ids.ts';
import { iso } from '../../domain/iso.ts';
import { answeredBridge } from './call-life.ts';
import { isAlive, setStatus, type TrueLeg } from './truth.ts';
import type { World } from './world.ts';

/** As api/routes/inbound.ts and records/inbound.ts have them. */
const WAIT_MS = 2_000;
const MAX_WAITS = 6;
const REQUEST_RING_AND_CAP_SECONDS = 60 + 5 + 60;
/** Between the workflow's word and the database's copy of it. */
const READ_MS = 50;

/** What our own calls do, as the booking's row shows it. */
export type Outbound = 'rings' | 'talks' | undefined;

/** The booking's row, as its workflow has written it: each dial on record, and whether it is over. */
export function outboundIn(
  world: World,
  shown: readonly { call_id: string; alive: boolean; named: boolean; answered: boolean }[],
): Outbound {
  const dials = world.database.dials();
  const isClaimed = (callId: string): boolean => dials.some(({ call_id }) => call_id === callId);
  const alive = dials.flatMap(({ call_id, channel, at }) => {
    if (shown.some((one) => one.call_id === call_id)) return [];
    const { ring_seconds, max_call_seconds } = world.schedule[channel];
    const longest = (REQUEST_RING_AND_CAP_SECONDS + ring_seconds + max_call_seconds) * 1000;
    return world.now < Date.parse(at) + longest ? [false] : [];
  });
  for (const attempt of shown)
    if (attempt.alive && (attempt.named || isClaimed(attempt.call_id))) alive.push(attempt.answered);
  if (alive.length === 0) return undefined;
  return alive.includes(true) ? 'talks' : 'rings';
}

/** The business calls our number, as its phone and our page do it. */
export function ringBack(world: World): void {
  const { ring_back } = world.schedule;
  if (!ring_back) return;
  const { database, circumstances, now } = world;
  if (ring_back.stranger) {
    world.count('ring-back: a stranger');
    world.tell('somebody whom no booking rang calls our number');
    return;
  }
  const shut = circumstances.isDatabaseAway(now) || circumstances.isElsewhere(now) || !database.accepted;
  const follow_up = database.final;
  if (!shut && follow_up && world.follows) world.count('ring-back: followed');
  if (shut || (follow_up && !world.follows)) {
    world.count(shut ? 'ring-back: our page is away' : 'ring-back: after the outcome');
    return;
  }
  const n = FIRST_INBOUND;
  const call_id = callIdOf(world.bookingId, n);
  const { plan } = ring_back;
  const leg: TrueLeg = {
    n,
    call_id,
    channel: 'bridge',
    inbound: true,
    ...(follow_up ? { follow_up } : {}),
    media: 'bridge',
    call_sid: 'CA-in',
    conversation_id: 'conv-in',
    plan,
    created_at: now,
    history: [],
    person: false,
    reported: [],
    ring_seconds: 60,
    max_call_seconds: world.schedule.bridge.max_call_seconds,
    conversations: [],
    left_over: [],
    callbacks: 1,
    hang_ups: 0,
  };
  setStatus(leg, 'ringing', now);
  leg.end = (status) => {
    if (isAlive(leg)) world.setStatus(leg, status);
  };
  world.legs.push(leg);
  const evidence: InboundEvidence = {
    kind: 'inbound',
    id: 'inbound:CA-in',
    call_id,
    at: iso(now),
    channel: 'bridge',
    call_sid: leg.call_sid,
  };
  database.takeInbound(evidence, now);
  world.tell('the business calls our number');
  world.send(evidence, plan.callbacks[0] ?? 'on_time', 20_000);
  const look = (waits: number): void => {
    if (!isAlive(leg)) return;
    const ours = follow_up ? undefined : world.outbound();
    const outbound = circumstances.isDatabaseAway(world.now) ? 'rings' : ours;
    if (outbound === undefined && hasLostADial(world) && !world.isBroken('a_caller_finds_our_dial_on_record')) {
      world.count('ring-back: our dial is not on record');
      leg.end?.('completed');
      return;
    }
    if (outbound === undefined) {
      join(world, leg);
      return;
    }
    world.count(`ring-back: our own call ${outbound}`);
    if (outbound === 'talks' || waits >= MAX_WAITS) leg.end?.('completed');
    else world.agenda.plan(world.now + WAIT_MS, () => look(waits + 1));
  };
  world.agenda.plan(now + READ_MS, () => look(0));
}

/** A dial that has left, and is not over, is in no database any more. */
const hasLostADial = ({ database, legs, requests, bookingId }: World): boolean =>
  requests.some(({ n }) => {
    const isOver = legs.some((leg) => leg.n === n && !isAlive(leg));
    return !isOver && database.claimedAt(callIdOf(bookingId, n)) === undefined;
  });

function join(world: World, leg: TrueLeg): void {
  world.count('ring-back: joined to an agent');
  world.setStatus(leg, 'in-progress');
  leg.person = leg.plan.agent !== 'never_starts';
  world.agenda.plan(world.now + leg.max_call_seconds * 1000, () => leg.end?.('completed'));
  answeredBridge(world, leg);
}
