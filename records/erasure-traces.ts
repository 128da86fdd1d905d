import type { ProviderTrace } from '../domain/erasure.ts';
import type { Database } from './tables.ts';

/**
 * All calls and conversations of a booking in its rows: from the workflow's view, from links (a call that lost its stream has several
 * conversations), and from evidence.
 */
export async function tracesOf(db: Database, bookingId: string): Promise<ProviderTrace[]> {
  const attempts = await db
    .selectFrom('attempts')
    .select(['call_sid', 'conversation_id'])
    .where('booking_id', '=', bookingId)
    .execute();
  const links = await db
    .selectFrom('links')
    .select(['kind', 'provider_id'])
    .where('booking_id', '=', bookingId)
    .execute();
  const evidence = await db
    .selectFrom('evidence')
    .select('evidence_json')
    .where('booking_id', '=', bookingId)
    .execute();
  const found = new Map<string, ProviderTrace>();
  const note = (kind: ProviderTrace['kind'], id: unknown): void => {
    if (typeof id === 'string' && id !== '') found.set(`${kind} ${id}`, { kind, provider_id: id });
  };
  const said = evidence.map(({ evidence_json }) => JSON.parse(evidence_json) as Record<string, unknown>);
  for (const { call_sid, conversation_id } of [...attempts, ...said]) {
    note('call_sid', call_sid);
    note('conversation_id', conversation_id);
  }
  for (const { kind, provider_id } of links) {
    note(kind === 'call_sid' ? 'call_sid' : 'conversation_id', provider_id);
  }
  return [...found.values()];
}
