import type { Evidence } from '../../domain/evidence.ts';
import type { Report } from '../../domain/result.ts';
import type { Words } from '../language/en.ts';
import { wordFor } from '../language/language.ts';

const joined = (...parts: (string | false | undefined | null)[]): string => parts.filter(Boolean).join(', ');

const unknownEvidence = ({ kind, source }: { kind: string; source?: string }) => ({
  kind,
  source: source ?? '',
  says: '',
});

/** The unclear parts of a report, as they were said. */
export function unclearWords({ evidence: e }: Words, report: Report): string {
  const { unclear = [], said = {}, time_half_unknown, confirmed_time } = report;
  return joined(
    unclear.includes('confirmed_date') && e.unclearDay(said.confirmed_date ?? ''),
    unclear.includes('confirmed_time') && e.unclearTime(said.confirmed_time ?? ''),
    time_half_unknown && confirmed_time && e.unclearHalf(confirmed_time),
  );
}

/** Offers, and the call that the business asked for. */
export function reportedMore({ evidence: e }: Words, report: Report): string {
  const { callback_date, callback_time, callback_unclear, offers = [] } = report;
  return joined(
    callback_time && e.callMe([callback_date, callback_time].filter(Boolean).join(' ')),
    callback_unclear && e.callMeUnclear,
    ...offers.map(({ date, time }) => e.offered([date, time].filter(Boolean).join(' '))),
  );
}

/** One piece of evidence in a few words: its kind, its source, and its content. */
export function evidenceWords(words: Words, evidence: Evidence): { kind: string; source: string; says: string } {
  const { evidence: e, result } = words;
  switch (evidence.kind) {
    case 'call_status':
      return {
        kind: e.call_status,
        source: wordFor(e.source, evidence.source),
        says: joined(
          wordFor(e.call, evidence.status),
          evidence.answered_by &&
            /^(machine_start|machine_end_(beep|silence)|fax)$/.test(evidence.answered_by) &&
            e.machine,
          evidence.answered_by === 'human' && e.human,
          evidence.sip_code !== undefined && `SIP ${evidence.sip_code}`,
        ),
      };
    case 'report':
      return {
        kind: e.report,
        source: wordFor(e.source, evidence.source),
        says: joined(
          wordFor(result, evidence.report.result),
          evidence.report.reached &&
            evidence.report.reached !== 'person' &&
            wordFor(e.reached, evidence.report.reached),
          evidence.report.confirmed_date,
          !evidence.report.time_half_unknown && evidence.report.confirmed_time,
          unclearWords(words, evidence.report),
          reportedMore(words, evidence.report),
          evidence.report.notes && `“${evidence.report.notes}”`,
        ),
      };
    case 'conversation':
      return {
        kind: evidence.source === 'post_call' ? e.post_call : e.conversation,
        source: wordFor(e.source, evidence.source),
        says: joined(
          wordFor(e.conv, evidence.status),
          evidence.report && wordFor(result, evidence.report.result),
          evidence.report && unclearWords(words, evidence.report),
          evidence.transcript && e.turns(evidence.transcript.business_turns),
        ),
      };
    case 'media':
      return { kind: e.sound, source: '', says: joined(wordFor(e.media, evidence.media), evidence.problem?.message) };
    case 'inbound':
      return { kind: e.inbound, source: '', says: '' };
    case 'bridge':
      return {
        kind: e.bridge,
        source: '',
        says: joined(
          wordFor(e.event, evidence.event),
          evidence.transcript && e.turns(evidence.transcript.business_turns),
          evidence.problem?.message,
        ),
      };
    default:
      // Evidence of a newer version, on a page that was opened before the update.
      return unknownEvidence(evidence);
  }
}
