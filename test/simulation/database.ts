import type { PhoneChannel } from '../../domain/channels.ts';
import type { DialOnRecord, Evidence, InboundEvidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';

/** One row for each dial, each link and each piece of evidence: when it was written, and what. */
type Row =
  | { at: number; is: 'dial'; dial: DialOnRecord }
  | { at: number; is: 'link'; call_id: string; call_sid?: string | undefined; conversation_id?: string | undefined }
  | { at: number; is: 'evidence'; evidence: Evidence }
  | { at: number; is: 'inbound'; evidence: InboundEvidence }
  | { at: number; is: 'forbidden' }
  | { at: number; is: 'final' };

export type Claimed =
  | { how: 'claimed' }
  | { how: 'forbidden' }
  | { how: 'not_on_record' }
  | { how: 'rung_back'; inbound: Evidence[] }
  | { how: 'dialed'; dials: DialOnRecord[] };

export interface ClaimRequest {
  call_id: string;
  channel: PhoneChannel;
  known: readonly number[];
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * What our database has of one booking, by the rules of records/dials.ts, records/links.ts and records/evidence.ts. It keeps when
 * each row was written, so that an older copy of it can be put in its place. Times in Unix ms.
 */
export class Database {
  private rows: Row[] = [];
  /** The booking's own row is there. */
  accepted = true;
  readonly acceptedAt: number;

  constructor(acceptedAt: number) {
    this.acceptedAt = acceptedAt;
  }

  get final(): boolean {
    return this.rows.some((row) => row.is === 'final');
  }

  get isOnRecord(): boolean {
    return this.accepted && !this.final;
  }

  get forbidden(): boolean {
    return this.rows.some((row) => row.is === 'forbidden');
  }

  settle(at: number): void {
    if (this.accepted) this.rows.push({ at, is: 'final' });
  }

  forbid(at: number): void {
    this.rows.push({ at, is: 'forbidden' });
  }

  link(
    call_id: string,
    ids: { call_sid?: string | undefined; conversation_id?: string | undefined },
    at: number,
  ): void {
    if (ids.call_sid !== undefined || ids.conversation_id !== undefined)
      this.rows.push({ at, is: 'link', call_id, ...ids });
  }

  has(evidence: Evidence): boolean {
    return this.writtenAt(evidence) > -Infinity;
  }

  /** When it was written, or -Infinity. */
  writtenAt({ id }: Evidence): number {
    return this.rows.find((row) => row.is === 'evidence' && row.evidence.id === id)?.at ?? -Infinity;
  }

  add(evidence: Evidence, at: number): void {
    if (!this.has(evidence)) this.rows.push({ at, is: 'evidence', evidence });
  }

  /** The business's call is given to the booking, with its evidence. */
  takeInbound(evidence: InboundEvidence, at: number): void {
    this.rows.push({ at, is: 'inbound', evidence });
    this.add(evidence, at);
  }

  inbound(callId: string): InboundEvidence | undefined {
    return this.rows.flatMap((row) =>
      row.is === 'inbound' && row.evidence.call_id === callId ? [row.evidence] : [],
    )[0];
  }

  evidence(): Evidence[] {
    return this.rows.flatMap((row) => (row.is === 'evidence' ? [row.evidence] : []));
  }

  evidenceOf(callId: string): Evidence[] {
    return this.evidence().filter((evidence) => evidence.call_id === callId);
  }

  /** Reports and conversations. */
  results(): Evidence[] {
    return this.rows.flatMap((row) =>
      row.is === 'evidence' && (row.evidence.kind === 'report' || row.evidence.kind === 'conversation')
        ? [row.evidence]
        : [],
    );
  }

  /** The attempt that a call is tied to. */
  ownerOf(callSid: string): string | undefined {
    for (const row of this.rows) if (row.is === 'link' && row.call_sid === callSid) return row.call_id;
    return undefined;
  }

  isLinked(callId: string): boolean {
    return this.rows.some((row) => row.is === 'link' && row.call_id === callId && row.call_sid !== undefined);
  }

  /** When a dial was claimed, or nothing. */
  claimedAt(callId: string): number | undefined {
    return this.rows.find((row) => row.is === 'dial' && row.dial.call_id === callId)?.at;
  }

  dials(): DialOnRecord[] {
    const ids = (callId: string): Pick<DialOnRecord, 'call_sid' | 'conversation_id'> => {
      const found: Pick<DialOnRecord, 'call_sid' | 'conversation_id'> = {};
      for (const row of this.rows) {
        if (row.is !== 'link' || row.call_id !== callId) continue;
        found.call_sid ??= row.call_sid;
        found.conversation_id ??= row.conversation_id;
      }
      return found;
    };
    return this.rows.flatMap((row) => (row.is === 'dial' ? [{ ...row.dial, ...ids(row.dial.call_id) }] : []));
  }

  claim(
    { call_id, channel, known, at }: ClaimRequest,
    now: number,
    bugs: { whateverIsForbidden?: true; whoeverRingsBack?: true } = {},
  ): Claimed {
    if (!this.isOnRecord) return { how: 'not_on_record' };
    if (this.forbidden && !bugs.whateverIsForbidden) return { how: 'forbidden' };
    const unknown = this.dials().filter(
      (dial) => dial.call_id === call_id || !known.includes(parseCallId(dial.call_id)!.n),
    );
    if (unknown.length > 0) return { how: 'dialed', dials: unknown };
    const inbound = this.rows.flatMap((row) => (row.is === 'inbound' ? [row.evidence] : []));
    const unheard = inbound.filter((one) => !known.includes(parseCallId(one.call_id)!.n));
    if (unheard.length > 0 && !bugs.whoeverRingsBack)
      return { how: 'rung_back', inbound: unheard.flatMap((one) => this.evidenceOf(one.call_id)) };
    this.rows.push({ at: now, is: 'dial', dial: { call_id, channel, at } });
    return { how: 'claimed' };
  }

  /** Takes back the claim of a dial that did not leave. */
  unclaim(callId: string, now: number): void {
    this.rows = this.rows.filter((row) => row.is !== 'dial' || row.dial.call_id !== callId || row.at !== now);
  }

  /** Puts the copy of that moment in its place. */
  restore(to: number): void {
    this.rows = this.rows.filter((row) => row.at <= to);
    if (to < this.acceptedAt) this.accepted = false;
  }
}
