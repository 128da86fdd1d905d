import type { Evidence } from '../../domain/evidence.ts';
import type { Words } from '../language/en.ts';

const joined = (...parts: (string | false | undefined | null)[]): string => parts.filter(Boolean).join(', ');

/** One piece of evidence in a few words: what kind it is, where from, and what it says. */
export function evidenceWords(words: Words, evidence: Evidence): { kind: string; source: string; says: string } {
  const { evidence: e, result } = words;
  switch (evidence.kind) {
    case 'call_status':
      return {
        kind: e.call_status,
        source: e.source[evidence.source],
        says: joined(
          e.call[evidence.status],
          evidence.answered_by && /^(machine|fax)/.test(evidence.answered_by) && e.machine,
          evidence.answered_by === 'human' && e.human,
          evidence.sip_code !== undefined && `SIP ${evidence.sip_code}`,
        ),
      };
    case 'report':
      return {
        kind: e.report,
        source: e.source[evidence.source],
        says: joined(
          result[evidence.report.result],
          evidence.report.confirmed_date,
          evidence.report.confirmed_time,
          evidence.report.notes && `“${evidence.report.notes}”`,
        ),
      };
    case 'conversation':
      return {
        kind: evidence.source === 'post_call' ? e.post_call : e.conversation,
        source: e.source[evidence.source],
        says: joined(
          e.conv[evidence.status],
          evidence.report && result[evidence.report.result],
          evidence.transcript && e.turns(evidence.transcript.business_turns),
        ),
      };
    case 'bridge':
      return {
        kind: e.bridge,
        source: '',
        says: joined(
          e.event[evidence.event],
          evidence.transcript && e.turns(evidence.transcript.business_turns),
          evidence.problem?.message,
        ),
      };
  }
}
