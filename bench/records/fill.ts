import { DatabaseSync } from 'node:sqlite';
import { callIdOf } from '../../domain/ids.ts';
import { openRecords } from '../../records/open.ts';
import { escalationOf } from '../../test/support/escalation.ts';

/** One in a thousand is an owner's, has a rare name, result or channel: what a search finds last. */
const RARE = 1_000;
const FIRST_MS = Date.UTC(2026, 0, 1);
const STATUSES = ['completed', 'completed', 'completed', 'failed', 'needs_review', 'queued'] as const;

export const idOf = (n: number): string => `bk_bench${String(n).padStart(16, '0')}`;

/** A database with so many bookings, each with an event, an attempt and evidence; the owners are `owners[0]` and, rarely, `owners[1]`. */
export async function fill(path: string, bookings: number, owners: readonly [string, string]): Promise<void> {
  const records = await openRecords({ databaseUrl: `file:${path}` });
  await records.migrate();
  await records.close();
  const db = new DatabaseSync(path);
  // Thrown away afterwards: nothing needs to outlive this machine.
  db.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000; begin');
  const booking = db.prepare(
    `insert into bookings (id, owner, order_json, view_json, status, version, last_seq, started, created_ms, final_ms, search_name, phone_hash, channel, result, sandbox)
     values (?, ?, ?, ?, ?, 3, 1, 1, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const event = db.prepare('insert into events values (?, 1, ?, ?)');
  const attempt = db.prepare(
    `insert into attempts (call_id, booking_id, number, channel, attempt, status, started_at) values (?, ?, 1, 'native', 1, 'completed', ?)`,
  );
  const evidence = db.prepare(
    `insert into evidence (booking_id, evidence_id, call_id, kind, source, at, evidence_json) values (?, ?, ?, 'call_status', 'callback', ?, ?)`,
  );
  for (let n = 0; n < bookings; n++) {
    const id = idOf(n);
    const rare = n % RARE === 0;
    const created_ms = FIRST_MS + n * 1_000;
    const at = new Date(created_ms).toISOString();
    const status = STATUSES[n % STATUSES.length]!;
    const result =
      status === 'queued'
        ? null
        : rare
          ? 'do_not_call'
          : status === 'completed'
            ? 'confirmed'
            : status === 'failed'
              ? 'unreachable'
              : 'needs_review';
    const name = rare ? `Rara Avis ${n}` : `Clínica Dental ${n % 5_000}`;
    const channel = rare ? 'bridge' : 'native';
    booking.run(
      id,
      owners[rare ? 1 : 0],
      JSON.stringify(orderOf(id, name, at)),
      JSON.stringify(viewOf(id, status, channel, result, at)),
      status,
      created_ms,
      result === null ? null : created_ms + 60_000,
      name.toLowerCase().replace('í', 'i'),
      `phone-${n}`,
      channel,
      result,
    );
    event.run(id, 'status:1', JSON.stringify({ type: 'status', at, status, channel, waiting_for: null }));
    attempt.run(callIdOf(id, 1), id, at);
    evidence.run(
      id,
      'ev_1',
      callIdOf(id, 1),
      at,
      JSON.stringify({ kind: 'call_status', call_id: callIdOf(id, 1), at }),
    );
  }
  db.exec('commit');
  db.close();
}

const orderOf = (id: string, name: string, created_at: string) => ({
  id,
  business: { name, phone: '+541143211234' },
  request: {
    service_type: 'dentista',
    preferred_date: 'el martes',
    user_name: 'Mauro',
    special_requests: 'una limpieza, por la tarde',
  },
  escalation: escalationOf(),
  metadata: { order: id },
  zones: ['America/Argentina/Buenos_Aires'],
  created_at,
});

const viewOf = (id: string, status: string, channel: string, result: string | null, at: string) => ({
  id,
  status,
  channel,
  simulated: false,
  outcome: result && {
    result,
    channel,
    simulated: false,
    confirmed_date: null,
    confirmed_time: null,
    notes: 'dijo que sí',
    evidence: ['report_result', 'transcript'],
  },
  review: null,
  attempts: [
    {
      call_id: callIdOf(id, 1),
      channel,
      attempt: 1,
      status: 'completed',
      call_sid: `CA${id}`,
      conversation_id: `conv_${id}`,
      started_at: at,
      ended_at: at,
      duration_seconds: 40,
      error: null,
    },
  ],
  cancel_requested: false,
  metadata: { order: id },
  created_at: at,
  updated_at: at,
});
