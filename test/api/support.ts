import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { checkSigner } from '../../accepting/check-token.ts';
import { bookingIdMaker } from '../../accepting/keyed-hashes.ts';
import { buildApp } from '../../api/app.ts';
import type { ApiDeps, ApiSettings } from '../../api/deps.ts';
import { Alarms } from '../../delivery/alarms.ts';
import type { BatchGateway } from '../../delivery/batch-gateway.ts';
import { type BookingGateway, type SignalName, Unavailable } from '../../delivery/gateway.ts';
import type { ShortlistStanding } from '../../delivery/resume-shortlist.ts';
import { CHANNELS } from '../../domain/channels.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';
import type { RunStanding } from '../../domain/lost-run.ts';
import type { ClientMessage } from '../../domain/message.ts';
import type { BookingInput, BookingOrder } from '../../domain/order.ts';
import { parentFields } from '../../domain/parent.ts';
import { type Outcome, statusOf } from '../../domain/result.ts';
import { numbersOfLine, sameLine } from '../../domain/same-line.ts';
import type { CarriedShortlist } from '../../domain/shortlist/carried.ts';
import type { ShortlistInput } from '../../domain/shortlist/state.ts';
import type { AttemptView, BookingView } from '../../domain/view.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import type { Records } from '../../records/interface.ts';
import type { RecordsOptions } from '../../records/open.ts';
import { DIAL_QUEUES } from '../support/escalation.ts';
import { newRecords } from '../support/new-records.ts';

/** The engine, in memory: workflows that do nothing but remember. */
export class FakeGateway implements BookingGateway {
  readonly started: BookingInput[] = [];
  readonly told: ClientMessage[] = [];
  readonly erasing: string[] = [];
  readonly shortlists: ShortlistInput[] = [];
  readonly resumed: { input: ShortlistInput; carried: CarriedShortlist }[] = [];
  readonly canceled: string[] = [];
  /** Signals `childEnded`: parent and booking. */
  readonly ended: [string, string][] = [];
  readonly signals: { name: SignalName; evidence: Evidence }[] = [];
  readonly followed: { name: SignalName; evidence: Evidence }[] = [];
  readonly workflows = new Map<string, BookingView>();
  readonly closed = new Set<string>();
  /** Temporal is out of reach. */
  down = false;
  /** Temporal answers, but no worker polls. */
  workerless = false;
  /** Task queues that no worker polls, besides the bookings' own. */
  unpolled: string[] = [];
  asked = 0;

  async start(input: BookingInput): Promise<void> {
    const { order } = input;
    if (this.down) throw new Unavailable('down');
    if (this.workflows.has(order.id)) return;
    this.started.push(input);
    this.workflows.set(order.id, viewOf(order));
  }

  async signal(name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'> {
    if (this.down) throw new Unavailable('down');
    this.signals.push({ name, evidence });
    const id = parseCallId(evidence.call_id)!.bookingId;
    return this.workflows.has(id) && !this.closed.has(id) ? 'delivered' : 'closed';
  }

  async followUp(name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'> {
    if (this.down) throw new Unavailable('down');
    this.followed.push({ name, evidence });
    return 'delivered';
  }

  async startShortlist(input: ShortlistInput): Promise<void> {
    if (this.down) throw new Unavailable('down');
    if (!this.shortlists.some(({ id }) => id === input.id)) this.shortlists.push(input);
  }

  readonly shortlistRuns = {
    standing: async (id: string): Promise<ShortlistStanding> => {
      if (this.down) throw new Unavailable('down');
      return this.closed.has(id) ? { is: 'gone' } : { is: 'open' };
    },
    resume: async (input: ShortlistInput, carried: CarriedShortlist): Promise<void> => {
      if (this.down) throw new Unavailable('down');
      this.resumed.push({ input, carried });
    },
  };

  async cancelShortlist(id: string): Promise<'accepted' | 'not_found'> {
    if (this.down) throw new Unavailable('down');
    if (this.closed.has(id)) return 'not_found';
    this.canceled.push(id);
    return 'accepted';
  }

  async childEnded(parentId: string, bookingId: string): Promise<void> {
    if (this.down) throw new Unavailable('down');
    this.ended.push([parentId, bookingId]);
  }

  async cancel(id: string) {
    if (this.down || this.workerless) throw new Unavailable('down');
    const view = this.workflows.get(id);
    if (!view) return { answer: 'not_found' as const };
    if (view.outcome) return { answer: 'final' as const };
    const canceled = { ...view, cancel_requested: true };
    this.workflows.set(id, canceled);
    return { answer: 'accepted' as const, view: canceled };
  }

  async tell(message: ClientMessage): Promise<void> {
    if (this.down) throw new Unavailable('down');
    this.told.push(message);
  }

  async erase(id: string): Promise<void> {
    if (this.down) throw new Unavailable('down');
    this.erasing.push(id);
  }

  async state(id: string): Promise<BookingView | undefined> {
    this.asked++;
    return this.down || this.workerless ? undefined : this.workflows.get(id);
  }

  async standing(id: string): Promise<RunStanding> {
    if (this.down) throw new Unavailable('down');
    const view = this.workflows.get(id);
    return view && !this.closed.has(id) ? { is: 'open' } : { is: 'gone', outcome: view?.outcome ?? undefined };
  }

  async health() {
    const unpolled = this.down ? [] : this.workerless ? ['bookings'] : this.unpolled;
    return { temporal: !this.down, worker: !this.down && unpolled.length === 0, unpolled };
  }
}

/** Batches' workflows, in memory: they only remember that they were woken. */
export class FakeBatchGateway implements BatchGateway {
  readonly woken: string[] = [];
  readonly erasing: string[] = [];
  down = false;

  async wake(batchId: string): Promise<void> {
    if (this.down) throw new Unavailable('down');
    this.woken.push(batchId);
  }

  async retime(): Promise<void> {
    throw new Error('the API retimes no booking: the batch does');
  }

  async erase(batchId: string): Promise<void> {
    if (this.down) throw new Unavailable('down');
    this.erasing.push(batchId);
  }
}

export const viewOf = (order: BookingOrder): BookingView => ({
  id: order.id,
  status: 'queued',
  channel: null,
  simulated: false,
  outcome: null,
  review: null,
  attempts: [],
  waiting_for: null,
  waiting_until: null,
  follow_ups: [],
  cancel_requested: false,
  ...parentFields(order),
  metadata: order.metadata,
  created_at: order.created_at,
  updated_at: order.created_at,
});

export const attempt = (callId: string, changes: Partial<AttemptView> = {}): AttemptView => ({
  call_id: callId,
  channel: 'bridge',
  media: 'bridge',
  attempt: 1,
  direction: 'outbound',
  status: 'in_progress',
  call_sid: null,
  conversation_id: null,
  started_at: '2026-11-23T12:00:00.000Z',
  ended_at: null,
  duration_seconds: null,
  error: null,
  ...changes,
});

export const confirmed: Outcome = {
  result: 'confirmed',
  channel: 'native',
  simulated: false,
  confirmed_date: '2026-11-25',
  confirmed_time: '16:00',
  notes: null,
  evidence: ['report_result', 'transcript'],
  proof: {
    level: 'agreed',
    date: { value: '2026-11-25', text: 'el miércoles', role: 'agent', turn: 2, at_seconds: 9.2 },
    time: { value: '16:00', text: 'a las cuatro de la tarde', role: 'business', turn: 1, at_seconds: null },
    agreement: { text: 'sí, quedó anotado', role: 'business', turn: 3, at_seconds: 12 },
  },
  offers: [],
  callback_at: null,
};

export const PUBLIC_URL = 'https://vocero.example';
export const TOOL_SECRET = 'tool-secret';
export const WEBHOOK_SECRET = 'webhook-secret';
export const AUTH_TOKEN = 'twilio-auth-token';

export const bookingBody = () => ({
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', user_name: 'Mauro' },
});

/** This process's own bridge. */
export const HERE = 'bridge-here';

export async function bridgeIsThere(records: Records, id: string, url: string, live = 0): Promise<void> {
  await records.beatBridge({ id, url, live, draining: false, now: new Date().toISOString(), calls: [] });
}

export interface World {
  app: Awaited<ReturnType<typeof buildApp>>;
  gateway: FakeGateway;
  batches: FakeBatchGateway;
  records: Records;
  deps: ApiDeps;
  /** Everything logged so far. */
  logged: () => string;
  /** Places a booking and returns its id. */
  book: (key?: string, changes?: object) => Promise<string>;
  close: () => Promise<void>;
}

export async function world(
  changes: { settings?: Partial<ApiSettings>; deps?: Partial<ApiDeps>; records?: Partial<RecordsOptions> } = {},
): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'vocero-api-'));
  const records = await newRecords(dir, changes.records);
  await bridgeIsThere(records, HERE, 'wss://vocero.example');
  const gateway = new FakeGateway();
  const batches = new FakeBatchGateway();
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: 'debug' }, sink);
  const deps: ApiDeps = {
    settings: {
      publicUrl: PUBLIC_URL,
      apiKeys: ['alice', 'bob'],
      operatorKeys: ['olga'],
      toolSecret: TOOL_SECRET,
      webhookSecret: WEBHOOK_SECRET,
      twilioAuthToken: AUTH_TOKEN,
      booking: {
        reconcile_seconds: 3,
        settle_seconds: 5,
        calling_window: { from: 0, to: 1440 },
        available: [...CHANNELS],
        dial_queues: DIAL_QUEUES,
      },
      accounts: {
        mode: 'live',
        twilio: `AC${'0'.repeat(32)}`,
        elevenlabs: 'agent_1',
        played: false,
        caller: '+15005550006',
      },
      bookingIdOf: bookingIdMaker(Buffer.from('key')),
      phoneHash: (phone) => createHash('sha256').update(sameLine(phone)).digest('hex'),
      phoneHashes: (phone) => numbersOfLine(phone).map((number) => createHash('sha256').update(number).digest('hex')),
      signCheck: checkSigner(Buffer.from('key')),
      ownerHash: (key) => createHash('sha256').update(`owner ${key}`).digest('hex'),
      metricsFreshMs: 0,
      ...changes.settings,
    },
    gateway,
    batches,
    records,
    artifacts: openArtifacts(join(dir, 'artifacts')),
    bridgeId: HERE,
    alarms: new Alarms({ log, count: () => undefined }),
    log,
    metrics: new Registry(),
    ...changes.deps,
  };
  const app = await buildApp(deps);
  return {
    app,
    gateway,
    batches,
    records,
    deps,
    logged: () => lines.join(''),
    async book(key = 'alice', more = {}) {
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/bookings',
        headers: { authorization: `Bearer ${key}` },
        payload: { ...bookingBody(), ...more },
      });
      if (answer.statusCode !== 202) throw new Error(answer.body);
      return answer.json().id;
    },
    async close() {
      await app.close();
      await records.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Makes the booking final, in its workflow and in the database. */
export async function finish(
  { gateway, records }: World,
  id: string,
  { version = 100, outcome = confirmed }: { version?: number; outcome?: Outcome } = {},
): Promise<void> {
  const view: BookingView = {
    ...gateway.workflows.get(id)!,
    status: statusOf(outcome.result),
    channel: 'native',
    simulated: outcome.simulated,
    outcome,
  };
  gateway.workflows.set(id, view);
  gateway.closed.add(id);
  await records.saveSnapshot({
    version,
    view,
    events: [{ key: 'final', event: { type: 'final', at: view.updated_at, outcome } }],
  });
}

export const withAttempt = ({ gateway }: World, id: string, changes: Partial<AttemptView> = {}): string => {
  const callId = `${id}.1`;
  const view = gateway.workflows.get(id)!;
  gateway.workflows.set(id, { ...view, status: 'in_progress', attempts: [attempt(callId, changes)] });
  return callId;
};

/** A form as Twilio posts and signs it; the signature is over the public URL. */
export function twilioRequest(url: string, form: Record<string, string>, token = AUTH_TOKEN) {
  return {
    method: 'POST' as const,
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(token, PUBLIC_URL + url, form),
    },
    payload: new URLSearchParams(form).toString(),
  };
}

/** A post-call webhook as ElevenLabs signs it. `at` in Unix seconds. */
export function postCallRequest(body: unknown, options: { secret?: string; at?: number } = {}) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const t = options.at ?? Math.floor(Date.now() / 1000);
  const v0 = createHmac('sha256', options.secret ?? WEBHOOK_SECRET)
    .update(`${t}.${payload}`)
    .digest('hex');
  return {
    method: 'POST' as const,
    url: '/api/elevenlabs/post-call',
    headers: { 'content-type': 'application/json', 'elevenlabs-signature': `t=${t},v0=${v0}` },
    payload,
  };
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** The records of a database that can be taken away: refused at once, or silent. */
export function takenAway(records: Records, state: { away: false | 'refused' | 'silent' }): Records {
  return new Proxy(records, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      if (typeof method !== 'function' || name === 'close') return method;
      return (...given: unknown[]) => {
        if (state.away === 'refused') return Promise.reject(refused);
        if (state.away === 'silent') return new Promise(() => undefined);
        return method.apply(target, given);
      };
    },
  });
}

export const as = (key: string) => ({ authorization: `Bearer ${key}` });
