import type { ReportEvidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { bookingNamed, type ReportReading } from '../domain/report/read-report.ts';
import { type Delivered, deliver, deliverUnrecorded } from './deliver.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { RecordsUnavailable } from './gateway.ts';
import { ReportIds } from './report-ids.ts';
import { type Refused, reportedCall } from './reported-call.ts';
import { heardOfStranger } from './strangers.ts';
import { unlessAway } from './unless-away.ts';

type Read = ReportReading & { ok: true };
type Log = DeliveryDependencies['log'];

/** `call_id`: the call of the report; undefined: its booking was erased, or no booking rang the caller. */
export type TakenReport =
  | { call_id?: string; answer: Delivered | 'erased' | 'stranger' | 'unrecorded' }
  | { refused: Refused };

/**
 * Takes reports of the agent's server tool: stores each and signals its workflow.
 * @throws Unavailable when neither the records nor the workflow could take it. The agent is then asked to repeat it.
 */
export function reportTaker(deps: DeliveryDependencies): (read: Read, log: Log) => Promise<TakenReport> {
  const { records, gateway, now } = deps;
  const names = new ReportIds();

  const said = ({ report }: Read): Omit<ReportEvidence, 'id' | 'call_id'> => ({
    kind: 'report',
    source: 'tool',
    at: iso(now()),
    report,
  });

  /** Stores a report without a known call. The dial's answer or the record of its conversation may name the call later. */
  const setAside = async (conversation_id: string, read: Read): Promise<void> => {
    const id = names.ofTalk(conversation_id, read);
    const evidence: Omit<ReportEvidence, 'call_id'> = { ...said(read), id, conversation_id };
    await records.addUnclaimed({ conversation_id, at: evidence.at, evidence });
  };

  /** Stores a report. `erased`: answered like a success, so that the agent's talk does not stumble over it. */
  const keep = async (read: Read, log: Log): Promise<ReportEvidence | 'erased' | 'stranger' | { refused: Refused }> => {
    const { conversation_id: named } = read.ids;
    const whose = await reportedCall(deps, read);
    if (whose === 'erased') return 'erased';
    if ('refused' in whose) {
      if (await heardOfStranger(deps, read.ids.call_id, read.report)) return 'stranger';
      if (named) await setAside(named, read);
      return whose;
    }
    const { call_id } = whose;
    const booking_id = parseCallId(call_id)!.bookingId;
    // A model may have written this id. A conversation of another attempt must not change its owner: its transcript and recording would
    // change theirs, too.
    const owner = named ? await records.findAttempt({ conversation_id: named }) : undefined;
    const conversation_id = owner === undefined || owner === call_id ? named : undefined;
    if (named && !conversation_id)
      log.warn({ booking_id, call_id }, "received a report that names another call's conversation");
    const report = { ...said(read), call_id };
    const id = names.among(await records.evidence(booking_id), report);
    const evidence: ReportEvidence = { ...report, id, ...(conversation_id ? { conversation_id } : {}) };
    if (conversation_id) await records.linkAttempt(call_id, { conversation_id });
    await records.addEvidence(evidence);
    return evidence;
  };

  /**
   * The database is unreachable: signals the workflow directly. Without the database nobody knows the owner of the conversation, so it is
   * left out. A request never to be called again reaches the workflow as well, which writes it; it is accepted only once the list has it.
   */
  const past = async (read: Read, cause: unknown): Promise<TakenReport> => {
    const { call_id, conversation_id } = read.ids;
    const bookingId = bookingNamed(read.ids);
    const onlyRecordsTell = read.report.result === 'do_not_call' || (call_id === undefined && conversation_id);
    const refused = (): TakenReport => {
      if (onlyRecordsTell) throw new RecordsUnavailable('The database is out of reach', { cause });
      return { refused: 'not_an_attempt' };
    };
    if (call_id === undefined || bookingId === undefined) return refused();
    const view = await gateway.state(bookingId);
    if (view && !view.attempts.some((attempt) => attempt.call_id === call_id)) return refused();
    const report = { ...said(read), call_id };
    const evidence: ReportEvidence = { ...report, id: names.unknown(report) };
    const answer = await deliverUnrecorded(gateway, 'reportResult', evidence, cause);
    if (asksNeverToBeCalled(evidence)) throw new RecordsUnavailable('The do-not-call list is out of reach', { cause });
    return { call_id, answer };
  };

  return async (read, log) => {
    const kept = await unlessAway(keep(read, log));
    if (kept.away) return past(read, kept.cause);
    if (kept.value === 'erased' || kept.value === 'stranger') return { answer: kept.value };
    if ('refused' in kept.value) return kept.value;
    return { call_id: kept.value.call_id, answer: await deliver(deps, 'reportResult', kept.value) };
  };
}
