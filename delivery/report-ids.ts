import type { ReportEvidence } from '../domain/evidence.ts';
import { contentHash } from '../records/content-hash.ts';

const MAX_REMEMBERED = 10_000;

type Unnamed = Omit<ReportEvidence, 'id'>;

const hashOf = ({ report }: Pick<ReportEvidence, 'report'>): string => contentHash(report).slice(0, 16);

/**
 * Names reports. A repeat of the attempt's last report is that report; the same words after others are a new one, since the last
 * one counts. What was told past a database that was away is remembered until it is on record.
 */
export class ReportIds {
  /** The last report of a call that the database had not heard of. */
  private readonly unrecorded = new Map<string, { id: string; hash: string }>();

  /** @param recorded what is on record of the booking, in the order of arrival. */
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

  /** Of a conversation that is no call's yet: the same words in it are the same report. */
  ofTalk(conversationId: string, said: Pick<ReportEvidence, 'report'>): string {
    return `report:${conversationId}:${hashOf(said)}`;
  }

  /** While the database cannot say what came before. */
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
