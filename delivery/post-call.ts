import type { ConversationEvidence, Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import type { PostCall } from '../providers/webhooks/index.ts';
import { keepRecording } from '../records/keep-recording.ts';
import { keepTalk } from '../records/keep-talk.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import { UnknownBooking } from '../records/unknown-booking.ts';
import { type Delivered, deliver, deliverUnrecorded } from './deliver.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { RecordsUnavailable, type SignalName } from './gateway.ts';
import { heardOfStranger } from './strangers.ts';
import { unlessAway } from './unless-away.ts';

type Told = Extract<PostCall, { evidence: unknown }>;
type Known = Exclude<PostCall, { type: 'other' }>;
type Answer = Delivered | 'kept' | 'recorded' | 'ignored' | 'erased' | 'stranger' | 'unrecorded';
/** `is_new`: its evidence was not stored before. */
type Taken = { answer: Answer; call_id?: string | undefined; is_new?: boolean | undefined };

/** The audio is written to disk as well, which may take longer than any query. */
const AUDIO_MS = 30_000;

const fileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 120);

const idsOf = (event: PostCall) =>
  event.type === 'transcription'
    ? { conversation_id: event.conversation.conversation_id, call_sid: event.conversation.call_sid }
    : { conversation_id: event.conversation_id, call_sid: 'call_sid' in event ? event.call_sid : undefined };

/** True when the event belongs to an erased booking: nothing of it may be stored. */
async function isErased(event: PostCall, { records }: DeliveryDependencies): Promise<boolean> {
  const named = event.type === 'transcription' ? parseCallId(event.call_id)?.bookingId : undefined;
  const attempt = await records.findAttempt(idsOf(event));
  return records.isErased({ booking_id: named ?? parseCallId(attempt)?.bookingId, ...idsOf(event) });
}

interface Attempt {
  call_id: string;
  booking: StoredBooking | undefined;
}

/** The attempt of a webhook: the one that the payload names, else the one that the providers' ids point to. */
async function attemptOf(event: PostCall, { records }: DeliveryDependencies): Promise<Attempt | undefined> {
  const named = event.type === 'transcription' ? parseCallId(event.call_id) : undefined;
  if (named && event.type === 'transcription') {
    const booking = await records.booking(named.bookingId);
    if (booking) return { call_id: event.call_id!, booking };
  }
  const call_id = await records.findAttempt(idsOf(event));
  if (call_id === undefined) return undefined;
  return { call_id, booking: await records.booking(parseCallId(call_id)?.bookingId ?? '') };
}

/**
 * Stores an event that belongs to no attempt (yet). It may belong to a dial whose answer was lost; the reconciliation of that dial claims
 * it.
 */
async function keep(event: Told, { records }: DeliveryDependencies): Promise<Answer> {
  const { conversation_id, call_sid } = idsOf(event);
  await records.addUnclaimed({
    ...(call_sid ? { call_sid } : {}),
    ...(conversation_id ? { conversation_id } : {}),
    ...(event.type === 'initiation_failure' && event.phone ? { phone: event.phone } : {}),
    at: event.evidence.at,
    evidence: event.evidence,
  });
  return 'kept';
}

const bodyOf = (callId: string, evidence: Pick<Evidence, 'id'>): string =>
  `webhooks/${callId}/${fileName(evidence.id)}.json`;

/** The transcript is stored before the finding, because the finding counts turns of the stored transcript. */
async function evidenceOf(
  event: Told,
  { call_id, booking }: Attempt,
  { records, now }: DeliveryDependencies,
): Promise<Evidence> {
  const evidence = { ...event.evidence, call_id } as Evidence;
  if (event.type !== 'transcription' || event.conversation.turns.length === 0) return evidence;
  const { turns, started_at, digest } = event.conversation;
  if (!booking) {
    await records.putTranscript(call_id, turns, 'conversation');
    return evidence;
  }
  const talk = await keepTalk(records, booking, { call_id, turns, started_at }, now());
  return { ...(evidence as ConversationEvidence), transcript: digest && { ...digest, talk } };
}

async function putOnRecord(
  event: Told,
  attempt: Attempt,
  body: Buffer,
  deps: DeliveryDependencies,
): Promise<{ evidence: Evidence; is_new: boolean }> {
  const { records, artifacts } = deps;
  const callId = attempt.call_id;
  const artifact = bodyOf(callId, event.evidence);
  await artifacts.put(artifact, body);
  let evidence: Evidence;
  let is_new: boolean;
  try {
    evidence = await evidenceOf(event, attempt, deps);
    is_new = await records.addEvidence(evidence, artifact);
  } catch (error) {
    // The booking was erased just now: delete what this call has written.
    if (error instanceof UnknownBooking) await artifacts.remove(artifact);
    throw error;
  }
  await records.linkAttempt(callId, idsOf(event));
  return { evidence, is_new };
}

/**
 * Evidence that arrived before the call was known. A report that a later one has replaced is stored but not signaled: the last one counts.
 */
async function claimed(event: Told, callId: string, { records }: DeliveryDependencies): Promise<Evidence[]> {
  const found = await records.claimFor(callId, idsOf(event));
  if (!found.some(({ kind }) => kind === 'report')) return found;
  const all = await records.evidence(parseCallId(callId)!.bookingId);
  const last = all
    .filter(({ kind, call_id }) => kind === 'report' && call_id === callId)
    .map(({ at }) => at)
    .sort()
    .at(-1)!;
  return found.filter(({ kind, at }) => kind !== 'report' || at >= last);
}

const SIGNALS: Record<Evidence['kind'], SignalName> = {
  report: 'reportResult',
  call_status: 'callStatus',
  conversation: 'postCall',
  bridge: 'bridgeEvent',
  media: 'bridgeEvent',
  inbound: 'callStatus',
};

/** Our own recording of a bridged call has separate channels. The provider's mixed recording does not replace it. */
async function record(
  event: Extract<PostCall, { type: 'audio' }>,
  callId: string,
  deps: DeliveryDependencies,
): Promise<Answer> {
  const { records } = deps;
  if (await records.recording(parseCallId(callId)!.bookingId, callId)) return 'recorded';
  const path = `recordings/${callId}/conversation.mp3`;
  await keepRecording(deps, { call_id: callId, path, content_type: event.content_type, content: event.audio });
  return 'recorded';
}

/**
 * Takes one genuine post-call webhook: stores the content, signals the workflow of its attempt, and returns the attempt where it is known.
 * @throws Unavailable when the workflow could not be signaled, so that the provider repeats the webhook.
 */
export async function takePostCall(event: PostCall, body: Buffer, deps: DeliveryDependencies): Promise<Taken> {
  if (event.type === 'other') {
    // Log only plain names: anything else may be text from a stranger.
    const name = /^[a-z_]{1,60}$/.test(event.name) ? event.name : 'no name';
    deps.log.warn({ name }, 'received a post-call webhook of unknown type');
    return { answer: 'ignored' };
  }
  const taken = await unlessAway(takeOnRecord(event, body, deps), event.type === 'audio' ? AUDIO_MS : undefined);
  if (taken.away) return past(event, body, deps, taken.cause);
  const { answer, evidence, earlier = [], call_id, is_new } = taken.value;
  for (const one of earlier) await deliver(deps, SIGNALS[one.kind], one);
  return { answer: evidence ? await deliver(deps, 'postCall', evidence) : answer, call_id, is_new };
}

interface OnRecord extends Taken {
  evidence?: Evidence;
  earlier?: Evidence[];
}

async function takeOnRecord(event: Known, body: Buffer, deps: DeliveryDependencies): Promise<OnRecord> {
  if (await isErased(event, deps)) return { answer: 'erased' };
  const attempt = await attemptOf(event, deps);
  const call_id = attempt?.call_id;
  if (event.type === 'audio') return { answer: call_id ? await record(event, call_id, deps) : 'ignored', call_id };
  if (attempt === undefined && event.type === 'transcription') {
    const { call_id: named, conversation } = event;
    if (await heardOfStranger(deps, named, conversation.report)) return { answer: 'stranger' };
  }
  if (attempt === undefined) return { answer: await keep(event, deps) };
  const kept = await putOnRecord(event, attempt, body, deps);
  return { answer: 'recorded', ...kept, earlier: await claimed(event, attempt.call_id, deps), call_id };
}

/**
 * The database is unreachable. Signals the record of a talk that names its call, and keeps its body as an artifact. Any other event needs
 * the database, which alone knows the call.
 */
async function past(
  event: Known,
  body: Buffer,
  { artifacts, gateway }: DeliveryDependencies,
  cause: unknown,
): Promise<Taken> {
  const call_id = event.type === 'transcription' && parseCallId(event.call_id) ? event.call_id : undefined;
  if (event.type === 'audio' || call_id === undefined)
    throw new RecordsUnavailable('The database is out of reach', { cause });
  const evidence = { ...event.evidence, call_id } as Evidence;
  const answer = await deliverUnrecorded(gateway, 'postCall', evidence, cause);
  // Afterwards, because now the booking is known to exist.
  await artifacts.put(bodyOf(call_id, evidence), body);
  if (asksNeverToBeCalled(evidence)) throw new RecordsUnavailable('The do-not-call list is out of reach', { cause });
  return { answer, call_id };
}
