import { type Media, PHONE } from '../../domain/channels.ts';
import type { BridgeEvidence, CallStatus, TranscriptDigest } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import { isTerminal } from '../../domain/leg.ts';
import { localMoment } from '../../domain/local-moment.ts';
import type { Report } from '../../domain/result.ts';
import { conversationEvidence } from '../../providers/webhooks/post-call.ts';
import { heldMs, isHeld, isNobody, meets, metBefore, reportOfNobody, wordsOfNobody } from './endurance.ts';
import { answeredBy, conversationSnapshot, providerWords } from './lookups.ts';
import { NEVER, type RegisterFault } from './schedule.ts';
import { isAlive, isBridged, isOurs, statusOf, type TrueConversation, type TrueLeg } from './truth.ts';
import { dayOf, machineWords, spokenWords, TIME } from './words.ts';
import type { World } from './world.ts';

/** Twilio may add five seconds to the ring time-out. */
const RING_SLACK_MS = 5_000;
/** From the end of a talk to its record. */
const RECORD_MS = 4_000;
const NOBODY: TranscriptDigest = { agent_turns: 1, business_turns: 0, business_turns_after_greeting: 0 };
const PEOPLE = ['talks', 'hangs_up_at_once', 'says_nothing', 'talks_without_end'];

/** How the next callback of this leg fares. */
const fate = (leg: TrueLeg) => leg.plan.callbacks[leg.callbacks++] ?? 'on_time';

function callback(
  world: World,
  leg: TrueLeg,
  status: CallStatus,
  more: { sip_code?: number; answered_by?: string } = {},
): void {
  // A native call is ElevenLabs' own: its callbacks go there. Of a call to our number nobody is told.
  if (!isOurs(leg) || leg.inbound) return;
  const id = `callback:${leg.call_sid}:${leg.callbacks}`;
  const common = { kind: 'call_status', source: 'callback', id, call_id: leg.call_id, call_sid: leg.call_sid } as const;
  world.send({ ...common, at: iso(world.now), status, ...more }, fate(leg), leg.plan.callback_late_ms);
}

function bridgeWord(
  world: World,
  leg: TrueLeg,
  event: BridgeEvidence['event'],
  more: Partial<BridgeEvidence> = {},
): void {
  const id = `bridge:${leg.call_sid}:${event}:${leg.callbacks}`;
  world.send(
    { kind: 'bridge', id, call_id: leg.call_id, at: iso(world.now), event, ...more },
    fate(leg),
    leg.plan.callback_late_ms,
  );
}

/** Says who carries the sound from now on. */
function soundGoesTo(world: World, leg: TrueLeg, media: Media, registered?: string): void {
  leg.media = media;
  const { call_id, call_sid } = leg;
  const id = `media:${call_sid}:${leg.callbacks}`;
  const at = iso(world.now);
  const conversation_id = leg.plan.register_names ? registered : undefined;
  const word = { kind: 'media', media, id, call_id, call_sid, conversation_id, resume: 0, at } as const;
  world.send(word, fate(leg), leg.plan.callback_late_ms);
}

function move(world: World, leg: TrueLeg, status: CallStatus, more: { sip_code?: number } = {}): void {
  world.setStatus(leg, status);
  callback(world, leg, status, more);
}

function openConversation(world: World, leg: TrueLeg, conversation_id: string, digest = NOBODY): TrueConversation {
  const conversation: TrueConversation = { conversation_id, leg, started_at: world.now, failed: false, digest };
  leg.conversations.push(conversation);
  return conversation;
}

/** A conversation that was registered for a call which it will never be joined to. */
function leaveOver(world: World, leg: TrueLeg): string {
  const digest = { agent_turns: 0, business_turns: 0, business_turns_after_greeting: 0 };
  const conversation_id = `${leg.conversation_id}-left`;
  leg.left_over.push({ conversation_id, leg, started_at: world.now, failed: false, digest });
  return conversation_id;
}

/** The talk is over; its record follows, and is told by webhook as the plan lets it. */
function closeConversation(world: World, conversation: TrueConversation): void {
  if (conversation.over_at !== undefined) return;
  const { leg } = conversation;
  const { post_call, post_call_late_ms } = leg.plan;
  conversation.over_at = world.now;
  conversation.done_at = world.now + RECORD_MS;
  if (leg.answered_at === undefined) conversation.failed = true;
  if (post_call !== 'none') world.count(`post-call ${post_call}`);
  // What never was a talk has no post-call record.
  if (conversation.failed) return;
  world.agenda.plan(conversation.done_at, () => {
    const id = `post_call:${conversation.conversation_id}`;
    const evidence = conversationEvidence(conversationSnapshot(world, conversation), 'post_call', id, iso(world.now));
    const how = post_call === 'lost' || post_call === 'twice' || post_call === 'late' ? post_call : 'on_time';
    world.send({ ...evidence, call_id: leg.call_id }, how, post_call_late_ms);
  });
}

function end(world: World, leg: TrueLeg, status: CallStatus, more: { sip_code?: number } = {}): void {
  if (!isAlive(leg)) return;
  leg.sip_code = more.sip_code;
  move(world, leg, status, more);
  if (!isOurs(leg)) initiationFailure(world, leg, status);
  const talking = leg.conversations.findLast((one) => one.over_at === undefined);
  if (talking && isBridged(leg)) bridgeWord(world, leg, 'talk_ended', { transcript: talking.digest });
  for (const conversation of leg.conversations) closeConversation(world, conversation);
  if (leg.plan.false_second_end && isOurs(leg)) {
    world.count('callback false_second_end');
    world.agenda.plan(world.now + 2_000, () => callback(world, leg, status === 'busy' ? 'no-answer' : 'busy'));
  }
}

/** ElevenLabs tells of a native call that it could not put through, by CallSid alone. */
function initiationFailure(world: World, leg: TrueLeg, status: CallStatus): void {
  if (leg.answered_at !== undefined || status === 'canceled' || world.database.ownerOf(leg.call_sid) === undefined)
    return;
  const id = `initiation_failure:${leg.call_sid}`;
  const common = { kind: 'call_status', source: 'initiation_failure', id, call_id: leg.call_id } as const;
  const how = leg.plan.post_call === 'lost' || leg.plan.post_call === 'late' ? leg.plan.post_call : 'on_time';
  world.send(
    { ...common, at: iso(world.now), call_sid: leg.call_sid, status, sip_code: leg.sip_code },
    how,
    leg.plan.post_call_late_ms,
  );
}

/** The business names a time of its clock: a full minute. */
function callMe(world: World, leg: TrueLeg): Pick<Report, 'callback_date' | 'callback_time'> {
  const { call_me_in_ms, call_me_dated } = leg.plan;
  if (call_me_in_ms >= NEVER) return {};
  leg.asks_at = Math.ceil((world.now + call_me_in_ms) / 60_000) * 60_000;
  world.count(`asks to be called${call_me_dated ? ' on a day' : ''}`);
  const { date, time } = localMoment(world.zone, leg.asks_at);
  return { ...(call_me_dated ? { callback_date: date } : {}), callback_time: time };
}

const theReport = (world: World, leg: TrueLeg): Report | undefined => {
  const { start } = world;
  const { plan } = leg;
  const nobody = plan.agent === 'claims_without_a_talk' ? undefined : reportOfNobody(plan);
  if (nobody !== undefined) return nobody ?? undefined;
  if (!leg.person && plan.agent !== 'claims_without_a_talk') {
    return plan.report === 'none' || plan.detects_machines ? undefined : { result: 'voicemail' };
  }
  if (plan.report === 'none' && plan.agent !== 'claims_without_a_talk') return undefined;
  const result = plan.report === 'none' || plan.report === 'voicemail' ? 'confirmed' : plan.report;
  if (result === 'callback_requested') return { result, ...callMe(world, leg) };
  if (result !== 'confirmed') return { result };
  if (plan.agent === 'confirms_without_a_time') return { result, confirmed_date: dayOf(start) };
  return { result, confirmed_date: dayOf(start), confirmed_time: TIME };
};

/** The agent calls its tool while the talk goes on; its word may be lost, come twice, differ or come late. */
function report(world: World, leg: TrueLeg, conversation: TrueConversation, value: Report, talksMs: number): void {
  const fault = leg.plan.report_fault;
  if (fault !== 'none') world.count(`report ${fault}`);
  const say = (after: number, said: Report, delayMs: number, k: number): void =>
    world.agenda.plan(world.now + after, () => {
      if (!isAlive(leg)) return;
      leg.reported.push(said);
      conversation.report = said;
      world.tell(`${leg.call_id}: the agent reports ${said.result} ${said.confirmed_time ?? ''}`);
      if (fault === 'lost') return;
      const id = `report:${leg.call_sid}:${k}`;
      const source = isBridged(leg) ? 'socket' : 'tool';
      const evidence = { kind: 'report', id, call_id: leg.call_id, at: iso(world.now), source, report: said } as const;
      world.send(evidence, delayMs > 0 ? 'late' : fault === 'twice' ? 'twice' : 'on_time', delayMs);
    });
  const delay = fault === 'late' ? talksMs : fault === 'very_late' ? 900_000 : 0;
  if (fault === 'differs') say(talksMs * 0.5, { ...value, result: 'no_availability' }, 0, 0);
  say(talksMs * 0.8, value, delay, 1);
}

/** Our bridge hears that the call is put on hold, and that somebody comes back. */
function putOnHold(world: World, leg: TrueLeg): void {
  if (!isBridged(leg)) return;
  const later = whileAlive(world, leg);
  later(2_000, () => bridgeWord(world, leg, 'on_hold'));
  if (meets(leg.plan) !== 'left_on_hold') later(2_000 + leg.plan.held_ms, () => bridgeWord(world, leg, 'off_hold'));
}

/** What is said, and by whom it is ended. */
function talk(world: World, leg: TrueLeg, conversation: TrueConversation): void {
  const { plan } = leg;
  const speaks = plan.callee === 'talks' || plan.callee === 'talks_without_end';
  const talksMs =
    plan.callee === 'hangs_up_at_once'
      ? 500
      : plan.callee === 'talks_without_end'
        ? 3 * 3_600_000
        : plan.talks_ms + heldMs(plan);
  const meeting = meets(plan);
  const isAlone = isNobody(plan) || meeting === 'left_on_hold';
  if (meeting !== 'nothing') world.count(`meets ${meeting}`);
  if (isHeld(plan)) putOnHold(world, leg);
  if (speaks) {
    world.agenda.plan(world.now + 1_500, () => {
      if (!isAlive(leg)) return;
      conversation.digest = isAlone
        ? wordsOfNobody(plan, world.start)
        : metBefore(plan, spokenWords(plan.words, world.start));
      if (isAlone) return;
      if (plan.words !== 'gives') world.count(`business ${plan.words}`);
      if (plan.withheld) world.count('words withheld');
      if (plan.analysis !== 'none') world.count(`analysis ${plan.analysis}`);
      if (providerWords(leg) !== plan.words) world.count('transcripts differ');
    });
  } else if (plan.callee === 'voicemail') {
    conversation.digest = machineWords(world.start);
  }
  const value = theReport(world, leg);
  if (value && plan.callee !== 'hangs_up_at_once') report(world, leg, conversation, value, Math.min(talksMs, 60_000));
  world.agenda.plan(world.now + talksMs, () => {
    if (!isAlive(leg)) return;
    closeConversation(world, leg.conversations.at(-1)!);
    if (isBridged(leg)) bridgeWord(world, leg, 'talk_ended', { transcript: conversation.digest });
    // The agent is gone, the line is not: nobody hangs up until somebody here or the cap does.
    if (plan.agent === 'leaves_the_phone_off_the_hook') return;
    world.agenda.plan(world.now + 800, () => end(world, leg, 'completed'));
  });
}

/** Plans what happens only while the call lives. */
const whileAlive =
  (world: World, leg: TrueLeg) =>
  (ms: number, run: () => void): void =>
    world.agenda.plan(world.now + ms, () => {
      if (isAlive(leg)) run();
    });

function answeredAtProvider(world: World, leg: TrueLeg, conversation: TrueConversation): void {
  if (leg.plan.agent !== 'never_starts') {
    talk(world, leg, conversation);
    return;
  }
  conversation.failed = true;
  world.agenda.plan(world.now + 2_000, () => end(world, leg, 'completed'));
}

/** ElevenLabs is asked to carry the sound; in the same ring our bridge does where it does not. */
function answeredRegistered(world: World, leg: TrueLeg): void {
  const { register, register_ms } = leg.plan;
  if (register !== 'none') world.count(`register ${register}`);
  const later = whileAlive(world, leg);
  const bridged = (): void => {
    soundGoesTo(world, leg, 'bridge');
    answeredBridge(world, leg);
  };
  const joined = (): void => {
    soundGoesTo(world, leg, 'provider', leg.conversation_id);
    answeredAtProvider(world, leg, openConversation(world, leg, leg.conversation_id));
  };
  const inVain = (then: () => void, ms: number) => (): void => {
    soundGoesTo(world, leg, 'provider', leaveOver(world, leg));
    later(ms, then);
  };
  if (register === 'late') world.agenda.plan(world.now + 7_000, () => leaveOver(world, leg));
  const course: Record<RegisterFault, [number, () => void]> = {
    none: [register_ms, joined],
    refuses: [register_ms, bridged],
    late: [6_000, bridged],
    stream_refused: [register_ms, inVain(bridged, 500)],
    asked_twice: [register_ms, inVain(joined, 5_000)],
  };
  later(...course[register]);
}

export function answeredBridge(world: World, leg: TrueLeg): void {
  const { plan } = leg;
  const later = whileAlive(world, leg);
  if (plan.agent === 'never_starts' || plan.agent === 'fails_while_ringing') {
    // The apology is spoken, and the call is hung up.
    later(6_000, () => bridgeWord(world, leg, 'silent'));
    later(9_000, () => end(world, leg, 'completed'));
    return;
  }
  if (plan.agent === 'dies_in_silence') {
    if (plan.callee !== 'talks_without_end') later(plan.talks_ms, () => end(world, leg, 'completed'));
    return;
  }
  later(plan.callee === 'hangs_up_at_once' ? 400 : 200, () => {
    const conversation = openConversation(world, leg, leg.conversation_id);
    bridgeWord(world, leg, 'stream_started', { conversation_id: conversation.conversation_id });
    if (plan.agent !== 'stream_lost') return talk(world, leg, conversation);
    later(4_000, () => {
      closeConversation(world, conversation);
      bridgeWord(world, leg, 'stream_lost');
    });
    later(7_000, () => {
      const resumed = openConversation(world, leg, `${leg.conversation_id}-b`);
      bridgeWord(world, leg, 'stream_started', { conversation_id: resumed.conversation_id });
      talk(world, leg, resumed);
    });
  });
}

function answer(world: World, leg: TrueLeg): void {
  const { plan } = leg;
  leg.person = PEOPLE.includes(plan.callee) && !isNobody(plan);
  world.setStatus(leg, 'in-progress');
  callback(world, leg, 'in-progress');
  const verdict = answeredBy(world, leg);
  if (verdict !== undefined) {
    world.agenda.plan(world.now + 3_000, () => {
      if (isAlive(leg)) callback(world, leg, 'in-progress', { answered_by: verdict });
    });
  }
  if (!world.isBroken('providers_cap_ends_a_leg')) {
    world.agenda.plan(world.now + leg.max_call_seconds * 1000, () => end(world, leg, 'completed'));
  } else world.breaches += 1;
  if (plan.agent !== 'none') world.count(`agent ${plan.agent}`);
  if (PHONE[leg.channel].fallsBack) answeredRegistered(world, leg);
  else if (isBridged(leg)) answeredBridge(world, leg);
  else answeredAtProvider(world, leg, leg.conversations[0]!);
}

/** Declined or blocked: it is not known which of Twilio's states goes with it. */
function rejected(world: World, leg: TrueLeg): void {
  world.count(`rejected ${leg.plan.rejects}`);
  end(world, leg, leg.plan.rejected_as, { sip_code: leg.plan.rejects });
}

function ring(world: World, leg: TrueLeg): void {
  const { plan } = leg;
  if (plan.callee === 'number_refused_by_network') {
    end(world, leg, 'failed', { sip_code: 404 });
    return;
  }
  if (plan.callee === 'network_failure') {
    if (plan.rejects) rejected(world, leg);
    else end(world, leg, 'failed', { sip_code: 503 });
    return;
  }
  callback(world, leg, 'initiated');
  if (plan.callee === 'busy') {
    world.agenda.plan(world.now + 1_500, () => end(world, leg, 'busy'));
    return;
  }
  move(world, leg, 'ringing');
  if (world.isBroken('an_end_is_an_end')) {
    world.breaches += 1;
    callback(world, leg, 'no-answer');
  }
  if (plan.agent === 'fails_while_ringing' && PHONE[leg.channel].warmsAgent) bridgeWord(world, leg, 'agent_failed');
  const ringing = (): boolean => isAlive(leg) && statusOf(leg) === 'ringing';
  const limit = leg.ring_seconds * 1000 + RING_SLACK_MS;
  if (plan.callee === 'declines_the_call') {
    world.agenda.plan(world.now + Math.min(plan.picks_up_after_ms, limit), () => {
      if (ringing() && plan.rejects) rejected(world, leg);
      else if (ringing()) end(world, leg, 'busy');
    });
    return;
  }
  const answers = plan.callee !== 'no_answer' && plan.picks_up_after_ms < limit;
  world.agenda.plan(world.now + (answers ? plan.picks_up_after_ms : limit), () => {
    if (!ringing()) return;
    if (answers) answer(world, leg);
    else end(world, leg, 'no-answer');
  });
}

/** One call, from the moment the provider placed it to its end. */
export function callLife(world: World, leg: TrueLeg): void {
  const { plan } = leg;
  leg.end = (status) => end(world, leg, status);
  world.setStatus(leg, 'queued');
  if (plan.callee !== 'talks') world.count(`callee ${plan.callee}`);
  if (plan.queued_ms > 2_000) world.count('kept in the queue');
  if (plan.twilio_lag_ms > 0) world.count('twilio lags');
  if (!isOurs(leg)) openConversation(world, leg, leg.conversation_id);
  world.agenda.plan(world.now + plan.queued_ms, () => {
    if (isAlive(leg) && !isTerminal(statusOf(leg))) ring(world, leg);
  });
}
