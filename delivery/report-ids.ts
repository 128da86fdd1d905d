import type { ReportEvidence } from '../domain/evidence.ts';
import { contentHash } from '../records/content-hash.ts';

const MAX_REMEMBERED = 10_000;

type Unnamed = Omit<ReportEvidence, 'id'>;

const hashOf = ({ report }: Pick<ReportEvidence, 'report'>): string => contentHash(report).slice(0, 16);

/**
 * Gives ids to reports. A repeat of an attempt's last report gets the same id. The same words after a different report get a new id,
 * because the last report counts. Reports that were signaled while the database was unreachable are remembered until they are stored.
 */
export class ReportIds {
  /** Last report of each call that the database does not have yet. */
  private readonly unrecorded = new Map<string, { id: string; hash: string }>();

  /** @param recorded stored evidence of the booking, in the order of arrival */
  among(recorded: readonly { kind: string }[], evidence: Unnamed): string {
    const earlier = (recorded as ReportEvidence[]).filter(
      (item) => item.kind === 'report' && item.source === 'tool' && item.call_id === evidence.call_id,
    );
    const told = this.unrecorded.get(evidence.call_id);
    const pending = told && !earlier.some(({ id }) => id === told.id) ? told : undefined;
    if (told && !pending) this.unrecorded.delete(evidence.call_id);
    const last = earlier.at(-1);
    const before = pending ?? (last && { id: last.id, hash: hashOf(last) });
    const hash = hashOf(evidence);
    if (before?.hash === hash) return before.id;
    return `report:${evidence.call_id}:${earlier.length + (pending ? 2 : 1)}:${hash}`;
  }

  /** For a report of a conversation without a known call: the same words in it are the same report. */
  ofTalk(conversationId: string, said: Pick<ReportEvidence, 'report'>): string {
    return `report:${conversationId}:${hashOf(said)}`;
  }

  /** For the time in which the database cannot say which reports came before. */
  unknown(evidence: Unnamed): string {
    const hash = hashOf(evidence);
    const told = this.unrecorded.get(evidence.call_id);
    if (told?.hash === hash) return told.id;
    const id = `report:${evidence.call_id}:${Date.parse(evidence.at)}:${hash}`;
    this.unrecorded.delete(evidence.call_id);
    this.unrecorded.set(evidence.call_id, { id, hash });
    if (this.unrecorded.size > MAX_REMEMBERED) this.unrecorded.delete(this.unrecorded.keys().next().value!);
    return id;
  }
}
