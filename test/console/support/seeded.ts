import { openConsole } from '../../../api/console/bundle.ts';
import type { ApiSettings } from '../../../api/deps.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Outcome } from '../../../domain/result.ts';
import type { AttemptView, BookingEvent, BookingView } from '../../../domain/view.ts';
import type { StoredTurn } from '../../../records/ports/events.ts';
import { attempt, type World, world } from '../../api/support.ts';
import { KEYS } from './operator.ts';
import { GIVEN, GIVEN_PROOF, HEDGED, HEDGED_DOUBTS, hedgedRecord } from './seeded-talks.ts';

const AT = (second: number): string => new Date(Date.parse('2026-11-25T12:00:00Z') + second * 1_000).toISOString();

/** The API by itself, listening, with bookings of every kind on record: for what needs no call to be made. */
export interface Seeded {
  url: string;
  world: World;
  ids: { confirmed: string; simulated: string; review: string; waiting: string; failed: string };
  close(): Promise<void>;
}

/** A second of quiet and a second of noise on two sides, 8 kHz, 16 bit. */
function stereoWav(): Buffer {
  const frames = 16_000;
  const sound = Buffer.alloc(44 + frames * 4);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(sound.length - 8, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(2, 22);
  sound.writeUInt32LE(8_000, 24);
  sound.writeUInt32LE(32_000, 28);
  sound.writeUInt16LE(4, 32);
  sound.writeUInt16LE(16, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(frames * 4, 40);
  for (let n = 0; n < frames; n++) {
    const loud = Math.round(9_000 * Math.sin(n / 5));
    sound.writeInt16LE(n < frames / 2 ? loud : 0, 44 + n * 4);
    sound.writeInt16LE(n < frames / 2 ? 0 : loud, 46 + n * 4);
  }
  return sound;
}

async function put(
  w: World,
  name: string,
  phone: string,
  changes: (id: string) => Partial<BookingView>,
  events: (id: string) => BookingEvent[],
) {
  const id = await w.book(KEYS.API_KEYS, { business: { name, phone }, language: 'es' });
  const changed = { ...w.gateway.workflows.get(id)!, ...changes(id) };
  const view = { ...changed, simulated: changed.outcome?.simulated ?? false };
  w.gateway.workflows.set(id, view);
  await w.records.saveSnapshot({ version: 9, view, events: events(id).map((event, n) => ({ key: `e${n}`, event })) });
  return id;
}

const outcomeOf = (changes: Partial<Outcome>): Outcome => ({
  result: 'confirmed',
  channel: 'bridge',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: ['report_result', 'transcript'],
  proof: null,
  offers: [],
  callback_at: null,
  ...changes,
});

function story(id: string, last: AttemptView): BookingEvent[] {
  const busy = attempt(`${id}.1`, { channel: 'native', status: 'busy', started_at: AT(0), ended_at: AT(4) });
  const evidence: Evidence = {
    kind: 'call_status',
    source: 'poll',
    id: 'poll:1',
    call_id: `${id}.1`,
    call_sid: 'CA1',
    status: 'busy',
    at: AT(4),
  };
  const report: Evidence = {
    kind: 'report',
    source: 'socket',
    id: 'report:2',
    call_id: `${id}.2`,
    at: AT(30),
    report: { result: 'confirmed', confirmed_date: '2026-11-27', confirmed_time: '16:00' },
  };
  return [
    { type: 'attempt', at: AT(0), attempt: { ...busy, status: 'ringing' } },
    { type: 'evidence', at: AT(4), evidence },
    { type: 'attempt', at: AT(4), attempt: busy },
    {
      type: 'status',
      at: AT(4),
      status: 'in_progress',
      channel: 'native',
      waiting_for: 'redial_delay',
      after_attempts: 1,
      until: AT(20),
    },
    { type: 'attempt', at: AT(20), attempt: { ...last, status: 'in_progress' } },
    { type: 'evidence', at: AT(30), evidence: report },
    { type: 'attempt', at: AT(31), attempt: last },
  ];
}

export async function seeded(now: () => number = Date.now, settings: Partial<ApiSettings> = {}): Promise<Seeded> {
  const w = await world({
    settings: {
      publicUrl: 'http://127.0.0.1',
      apiKeys: [KEYS.API_KEYS],
      operatorKeys: [KEYS.OPERATOR_KEYS],
      temporalUi: 'http://127.0.0.1:8233/namespaces/default/workflows/ID',
      ...settings,
    },
    deps: { console: await openConsole(), now },
  });
  const second = (id: string) =>
    attempt(`${id}.2`, {
      status: 'completed',
      call_sid: 'CA2',
      conversation_id: 'conv_2',
      started_at: AT(20),
      ended_at: AT(31),
      duration_seconds: 11,
    });
  const final = (id: string, outcome: Outcome, status: BookingView['status']) => ({
    status,
    channel: outcome.channel,
    outcome,
    attempts: [attempt(`${id}.1`, { channel: 'native', status: 'busy', started_at: AT(0) }), second(id)],
  });
  const told = (id: string, outcome: Outcome): BookingEvent[] => [
    ...story(id, second(id)),
    { type: 'final', at: AT(33), outcome },
  ];

  const yes = outcomeOf({
    confirmed_date: '2026-11-27',
    confirmed_time: '16:00',
    notes: 'Trae la última radiografía.',
    proof: GIVEN_PROOF,
  });
  const confirmed = await put(
    w,
    'Clínica Dental Sur',
    '+541143211234',
    (id) => final(id, yes, 'completed'),
    (id) => told(id, yes),
  );
  const keep = async (call_id: string, talk: StoredTurn[]): Promise<void> => {
    for (const [index, turn] of talk.entries())
      await w.records.addTurn(call_id, { index, at: AT(21 + index), ...turn });
  };
  await keep(`${confirmed}.2`, GIVEN);
  const path = `recordings/${confirmed}.wav`;
  const sound = stereoWav();
  await w.deps.artifacts.put(path, sound);
  await w.records.putRecording({ call_id: `${confirmed}.2`, path, content_type: 'audio/wav', bytes: sound.length });

  const played = outcomeOf({ channel: 'simulation', simulated: true });
  const simulated = await put(
    w,
    'Peluquería Ñandú',
    '+541143211235',
    (id) => final(id, played, 'completed'),
    (id) => told(id, played),
  );
  const unclear = outcomeOf({
    result: 'needs_review',
    evidence: ['report_result', 'transcript'],
    notes: 'The business hedged: «Creo que sí» (turn 3).',
    doubts: HEDGED_DOUBTS,
  });
  const review = await put(
    w,
    'Veterinaria',
    '+541143211236',
    (id) => final(id, unclear, 'needs_review'),
    (id) => [{ type: 'evidence', at: AT(30), evidence: hedgedRecord(`${id}.2`, AT(30)) }, ...told(id, unclear)],
  );
  await keep(`${review}.2`, HEDGED);
  const nobody = outcomeOf({ result: 'unreachable', evidence: ['call_status'] });
  const failed = await put(
    w,
    'Taller',
    '+541143211237',
    (id) => final(id, nobody, 'failed'),
    (id) => told(id, nobody),
  );
  const waiting = await put(
    w,
    'Barbería',
    '+541143211238',
    (id) => ({
      status: 'in_progress',
      channel: 'native',
      attempts: [attempt(`${id}.1`, { channel: 'native', status: 'busy', started_at: AT(0) })],
    }),
    (id) => story(id, second(id)).slice(0, 4),
  );
  await w.records.forbidNumber({ phone_hash: 'abc123', phone_masked: '+54…89', booking_id: failed, at: AT(0) });
  const url = await w.app.listen({ host: '127.0.0.1', port: 0 });
  return { url, world: w, ids: { confirmed, simulated, review, waiting, failed }, close: () => w.close() };
}
