import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import { type Receiver, receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';
import { type Leg, strayLegs } from './checker.ts';
import { type Span, violationsOfBatch, violationsOfMessages, violationsOfShortlist } from './parent-checker.ts';
import { BRIDGED, NATIVE, type OrderedView, Parents, Phones, violationsOfBookings } from './parents.ts';
import { freshNumber, type World } from './phases.ts';
import { type Pair, Rig } from './rig.ts';

/** Disasters under one batch and three shortlists, as one story: each test begins where the one before has left them. */

const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const LIMIT_MS = 240_000;

/** A row that is sent, and what must become of it: its end, and the most calls that it may have. */
interface Row {
  key: string;
  phone: string;
  world?: World;
  end: string;
  calls: number;
}

const books = (key: string): Row => ({ key, phone: freshNumber(), end: 'completed, confirmed', calls: 1 });
const FORBIDDEN = freshNumber();
const TWIN = freshNumber();

/** The first eight are taken together. Others may still be on the phone before them: a worker that dies holds those up which it has begun. */
const FILE: readonly Row[] = [
  ...Array.from({ length: 7 }, (_, i) => books(`book-${i + 1}`)),
  { ...books('declines'), world: { callee: 'answer-and-decline' }, end: 'completed, declined' },
  { ...books('twin-1'), phone: TWIN },
  { ...books('twin-2'), phone: TWIN },
  { ...books('forbidden'), phone: FORBIDDEN, end: 'failed, do_not_call', calls: 0 },
  { key: 'broken', phone: '5,41143E+11', end: 'invalid, null', calls: 0 },
];
/** Appended, and on the native channel. */
const MORE: readonly Row[] = [
  books('native-1'),
  books('native-2'),
  { ...books('silent'), world: { callee: 'no-answer' }, end: 'failed, unreachable', calls: 2 },
  { ...books('busy'), world: { callee: 'busy,answer-and-book' }, calls: 2 },
];
const ROWS = [...FILE, ...MORE];
/** Numbers that may be rung. */
const PHONES = [...new Set(ROWS.filter(({ calls }) => calls > 0).map(({ phone }) => phone))];
/** Of these, those that answer a bridged call and book: the two that are held first are of them. */
const BOOKING = FILE.filter(({ key }) => key.startsWith('book-')).map(({ phone }) => phone);

/** Candidates, but for the first of the first shortlist: a row of the batch has that number. */
const SECOND = [freshNumber(), freshNumber()];
const DOUBT = [freshNumber(), freshNumber()];
const UNWANTED = [freshNumber(), freshNumber()];

let rig: Rig;
let client: Receiver;
let parents: Parents;
let phones: Phones;
/** Batches and shortlists by what they are here for. */
const ids = { small: '', batch: '', second: '', doubt: '', unwanted: '', forbids: '' };
/** The number of the row in whose talk the first shortlist begins. */
let shared = '';
/** Times in which none of them may begin a call. */
const still: Record<'batch' | 'doubt' | 'unwanted', Span[]> = { batch: [], doubt: [], unwanted: [] };

const legs = (): Leg[] => rig.sandbox.log().calls as unknown as Leg[];

beforeAll(async () => {
  client = await receiver(CALLBACK_SECRET);
  const places = { TWILIO_MAX_CONCURRENT_CALLS: '8', ELEVENLABS_MAX_CONCURRENT_CALLS: '8' };
  rig = await Rig.start({ settings: { CALLBACK_SECRET, ...places } });
  parents = new Parents(rig);
  phones = new Phones(rig);
  for (const { phone, world } of ROWS) if (PHONES.includes(phone)) phones.are(phone, world);
  phones.are(DOUBT[0]!, { callee: 'silent-line' });
}, 180_000);

afterAll(async () => {
  await rig?.stop();
  await client?.close();
}, 60_000);

let broken = false;
/** `it`, which tells of all parts when it fails, and does not begin after one that failed. */
const step = (name: string, work: () => Promise<void>): void =>
  it(
    name,
    async () => {
      if (broken) throw new Error('the step before has failed');
      broken = true;
      await work().catch((error: unknown) => {
        console.error(rig.tails());
        throw error;
      });
      broken = false;
    },
    LIMIT_MS,
  );

step('a number is forbidden', async () => {
  rig.sandbox.scenario({ number: FORBIDDEN, callee: 'do-not-call' });
  const { id, outcome } = await rig.client.outcomeOf(FORBIDDEN, { escalation: NATIVE });
  expect(outcome?.result).toBe('do_not_call');
  ids.forbids = id;
});

const jsonRow = ({ key, phone, world }: Row) => ({
  key,
  business: { name: `Clínica ${key}`, phone },
  request: { service_type: 'dentista', user_name: 'Ana' },
  escalation: world?.callee === 'no-answer' ? { ...NATIVE, native: { ...NATIVE.native, ring_seconds: 5 } } : NATIVE,
});

/** Words that a part has not heard when the API dies: over which wire, and for the how manieth time they are said. */
type Unheard = [pair: Pair, words: string, n?: number];

/** Asks once more after each time that the API is killed with these words unheard; the last answer. */
async function askedInSpite<T>(ask: () => Promise<T | undefined>, unheard: Unheard[]): Promise<T> {
  for (const [pair, words, n] of unheard) {
    rig.wire(pair).stopBefore(words, n);
    const answer = ask();
    const restart = await rig.killUnheard('api', pair);
    expect(await answer).toBeUndefined();
    await restart();
  }
  const last = await ask();
  expect(last).toBeDefined();
  return last!;
}

step(
  'a file is accepted once, though the API dies as its rows are counted and before its run hears of them',
  async () => {
    const head = 'key;phone;business_name;service_type;user_name';
    const file = [head, ...FILE.map(({ key, phone }) => `${key};${phone};Clínica ${key};dentista;Ana`)].join('\r\n');
    const settings = new URLSearchParams({
      max_concurrent: '2',
      on_invalid: 'skip',
      duplicates: 'allow',
      start: 'held',
      defaults: JSON.stringify({ escalation: BRIDGED }),
      callback_url: `${client.url}/batch`,
    });
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'file' };
    const counted: Unheard = ['api-database', 'insert into "batch_counts"'];
    // What is changed is signaled before and after.
    const signaled: Unheard = ['api-temporal', 'runBatch', 2];
    const lost = rig.pairs.includes(counted[0]) ? [counted, signaled] : [signaled];
    const accepted = await askedInSpite(() => parents.answered(`/v1/batches?${settings}`, file, headers), lost);
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: 'held', counts: { total: FILE.length, waiting: FILE.length - 1, invalid: 1 } },
    });
    ids.batch = String(accepted.body.id);

    const append = () => parents.answered(`/v1/batches/${ids.batch}/rows`, { rows: MORE.map(jsonRow) });
    const appended = await askedInSpite(append, [signaled]);
    expect(appended).toMatchObject({ status: 202, body: { added: 0, known: MORE.length } });
    expect((await parents.batch(ids.batch)).counts).toMatchObject({ total: ROWS.length, waiting: ROWS.length - 1 });
  },
);

/**
 * The worker is to die before its database hears these words for the n-th time: `reached` resolves when they are said. A file has no wire to
 * it: there it dies once `begun` holds.
 */
function unheard(words: string, n: number, begun: () => Promise<boolean>) {
  if (!rig.pairs.includes('worker-database'))
    return { reached: () => until(begun, 60_000, `the work before ${words}`), kill: () => rig.kill('worker') };
  const wire = rig.wire('worker-database');
  wire.stopBefore(words, n);
  return {
    reached: () => until(() => wire.state === 'hole', 60_000, words),
    kill: () => rig.killUnheard('worker', 'worker-database'),
  };
}

step('rows become bookings once, though the worker dies in the midst of it, and as it sends a message', async () => {
  const wish = { rows: [jsonRow(books('only'))], callback_url: `${client.url}/silent` };
  ids.small = (await parents.ask<BatchView>(202, 'POST', '/v1/batches', wish)).id;
  await until(() => client.heard(ids.small).length === 1, 60_000, 'batch.completed of the small batch');
  phones.hold(BOOKING, 'ringing');
  const begun = async (): Promise<boolean> => (await parents.bookings(ids.batch)).length > 0;
  const worker = unheard('update "bookings" set "started"', 4, begun);
  await parents.ask(202, 'POST', `/v1/batches/${ids.batch}/start`);
  await worker.reached();
  expect(client.heard(ids.small)).toHaveLength(1);
  const restart = await worker.kill();
  const made = await parents.bookings(ids.batch);
  expect(made.length).toBeGreaterThan(0);
  expect(made.length).toBeLessThan(ROWS.length - 1);
  await restart();
});

step(
  'one row dials, one talks, one has reported, and a candidate waits for its number, as the worker dies',
  async () => {
    const [talks, reports] = (await phones.reach('ringing', BOOKING, 2)) as [string, string];
    phones.goOn(talks, 'talk');
    phones.goOn(reports, 'reported');
    phones.hold([DOUBT[0]!], 'reported');
    phones.hold([UNWANTED[0]!], 'talk');
    shared = talks;
    await Promise.all([phones.reach('talk', [talks]), phones.reach('reported', [reports])]);
    ids.second = await parents.shortlistOf([shared, ...SECOND], NATIVE, `${client.url}/stumbling`);
    ids.doubt = await parents.shortlistOf(DOUBT, NATIVE, `${client.url}/doubt`);
    ids.unwanted = await parents.shortlistOf(UNWANTED, NATIVE, `${client.url}/unwanted`);
    await Promise.all([phones.reach('reported', [DOUBT[0]!]), phones.reach('talk', [UNWANTED[0]!])]);
    const waits = async () => (await parents.bookings(ids.second))[0]?.waiting_for === 'number';
    await until(waits, 60_000, 'the candidate to wait for its number', 100);
    // One more place: the row that gets it is not held for long, because a request that is not answered for half a minute has failed.
    phones.hold(untouched(), 'request');
    await parents.ask(202, 'PATCH', `/v1/batches/${ids.batch}`, { max_concurrent: 3 });
    const [dials] = await phones.reach('request', PHONES, 1);

    const restart = await rig.kill('worker');
    phones.are(shared, { callee: 'answer-and-decline' });
    phones.goOn(shared, 'ringing');
    phones.goOn(reports);
    phones.goOn(DOUBT[0]!);
    // Its dial was never heard: it comes again.
    phones.hold([...new Set([dials!, ...untouched()])], 'talk');
    await restart();
  },
);

/** Numbers of rows without a call so far. */
const untouched = (): string[] => PHONES.filter((phone) => rig.sandbox.log(phone).calls.length === 0);

/** Cuts a wire until somebody has tried it in vain; `meanwhile` gives them a reason. */
async function cut(pair: Pair, meanwhile: () => void = () => undefined): Promise<void> {
  if (!rig.pairs.includes(pair)) return meanwhile();
  const wire = rig.wire(pair);
  wire.cut();
  const before = wire.hit;
  try {
    meanwhile();
    await until(() => wire.hit > before, 60_000, `${pair} to be felt`);
  } finally {
    wire.heal();
  }
}

step('while three rows talk, a bridge and the API die, and the wires are cut in turn', async () => {
  const talking = await phones.reach('talk', PHONES, 3);
  await phones.reach('ringing', [shared]);
  await parents.until(parents.shortlist, ids.doubt, ({ status }) => status === 'needs_review');
  const halted = Date.now();
  // While nobody's phone rings: whoever picked up without an API would hear a regret, and need a review.
  await (await rig.kill('api'))();
  const reads = (): void => void rig.client.send('GET', `/v1/bookings/${ids.forbids}`).catch(() => undefined);
  const asks = async (): Promise<void> => {
    const open = (await parents.bookings(ids.second).catch(() => []))[0]?.id;
    await rig.client.send('GET', `/v1/bookings/${open}`).catch(() => undefined);
  };
  await cut('api-database', reads);
  await cut('api-temporal', () => void asks());
  await cut('bridge-database');
  await cut('bridge-temporal', () => phones.goOn(talking[0]!));
  // A call whose stream is lost is held no longer: it goes on at the other bridge.
  await (await rig.kill('bridge'))();
  await cut('worker-temporal', () => phones.goOn(talking[1]!));
  await cut('worker-database', () => phones.goOn(talking[2]!));
  await until(() => !phones.at('talk', PHONES).some((phone) => talking.includes(phone)));
  still.doubt.push([halted, Date.now()]);
});

step(
  'pause, cancel and review are acknowledged, between a first candidate and a second, and the worker dies',
  async () => {
    const talking = await phones.reach('talk', PHONES, 3);
    const placed = async () =>
      (await parents.rows(ids.batch)).every(({ booking_id, status }) => booking_id !== null || status === 'invalid');
    await until(placed, 60_000, 'all rows to be bookings', 100);
    const turn = async () => (await parents.shortlist(ids.second)).candidates[1]?.status === 'asking';
    const worker = unheard('insert into "bookings"', 1, turn);
    phones.goOn(shared);
    await worker.reached();

    const [first] = (await parents.shortlist(ids.doubt)).candidates;
    await Promise.all([
      parents.ask(202, 'POST', `/v1/batches/${ids.batch}/pause`),
      parents.ask(202, 'POST', `/v1/shortlists/${ids.unwanted}/cancel`),
      parents.ask(200, 'POST', `/v1/bookings/${first!.booking_id}/review`, { by: 'Olga', result: 'declined' }),
    ]);
    const acknowledged = Date.now();
    still.unwanted.push([acknowledged, Number.POSITIVE_INFINITY]);
    const restart = await worker.kill();
    expect((await parents.shortlist(ids.second)).candidates).toMatchObject([
      { status: 'asked', result: 'declined' },
      { status: 'asking' },
      { status: 'not_asked' },
    ]);
    phones.goOn(talking[0]!);
    // All others go on freely, those too that ring now, or were busy and are rung again.
    for (const phone of PHONES) if (!talking.includes(phone)) phones.goOn(phone);
    await restart();
    for (const phone of talking) phones.goOn(phone);

    const ended = ({ outcome }: { outcome: unknown }): boolean => outcome !== null;
    const confirmed = { result: 'confirmed', candidate: 2 };
    expect((await parents.until(parents.shortlist, ids.second, ended)).outcome).toMatchObject(confirmed);
    expect((await parents.until(parents.shortlist, ids.doubt, ended)).outcome).toMatchObject(confirmed);
    expect((await parents.until(parents.shortlist, ids.unwanted, ended)).outcome).toMatchObject({ result: 'canceled' });
    // A row that waits to be dialed again stays in progress.
    const talked = async () =>
      (await parents.rows(ids.batch)).filter(({ phone, status }) => talking.includes(phone!) && status === 'completed');
    await until(async () => (await talked()).length === talking.length, 60_000, 'the rows that talked to end', 100);
    const paused = await parents.batch(ids.batch);
    expect(paused).toMatchObject({ status: 'paused', paused_because: 'user' });
    expect(paused.counts.waiting).toBeGreaterThan(0);
    still.batch.push([acknowledged, Date.now()]);
    await parents.ask(202, 'POST', `/v1/batches/${ids.batch}/resume`);
  },
);

const told = (rows: readonly BatchRowView[]): string[] =>
  rows.map(({ key, status, result }) => `${key}: ${status}, ${result}`);

step(
  'in the end every row and candidate has its one right end, everybody was told once, and all places are free',
  async () => {
    const done = ({ status }: BatchView): boolean => status === 'completed';
    await parents.until(parents.batch, ids.batch, done);
    const messages = () => Object.values(ids).filter((id) => id !== ids.forbids && client.heard(id).length > 0);
    await until(() => messages().length === 5 && client.heard(ids.small).length > 1, 90_000, 'all messages');
    await until(() => client.heard(ids.second).length > 1, 60_000, 'the message that was refused at first');

    const all: OrderedView[] = [];
    const wrong: string[] = [];
    for (const [name, id] of Object.entries({ small: ids.small, batch: ids.batch })) {
      const [view, rows] = [await parents.batch(id), await parents.rows(id)];
      const most = ({ key }: BatchRowView): number => ROWS.find((row) => row.key === key)?.calls ?? 1;
      const sent = name === 'batch' ? ROWS.length : 1;
      const paused = name === 'batch' ? still.batch : [];
      const fate = { view, sent, rows, report: await parents.report(id), legs: legs(), most, still: paused };
      wrong.push(...violationsOfBatch(fate), ...violationsOfMessages(client.heard(), 'batch.completed', view));
      all.push(...(await parents.bookings(id)));
    }
    for (const name of ['second', 'doubt', 'unwanted'] as const) {
      const view = await parents.shortlist(ids[name]);
      const own = await parents.bookings(view.id);
      const bookings = own.map(({ id, shortlist }) => ({ id, candidate: shortlist!.candidate }));
      const quiet = name === 'second' ? [] : still[name];
      wrong.push(
        ...violationsOfShortlist({ view, bookings, legs: legs(), still: quiet }),
        ...violationsOfMessages(client.heard(), 'shortlist.completed', view),
      );
      all.push(...own);
    }
    wrong.push(...(await violationsOfBookings(rig, all)));
    wrong.push(...strayLegs(rig.sandbox.log(), new Set([ids.forbids, ...all.map(({ id }) => id)])));
    expect(wrong).toEqual([]);
    expect(told(await parents.rows(ids.batch))).toEqual(ROWS.map(({ key, end }) => `${key}: ${end}`));
    // The message of the small batch was being sent as the worker died; the first shortlist's was refused once.
    expect([ids.small, ids.second].map((id) => client.heard(id).length)).toEqual([2, 2]);

    const taken = async (): Promise<string[]> => {
      const { body } = await rig.client.send('GET', '/metrics');
      return String(body.text).match(/^vocero_provider_calls\{.*$/gm) ?? [];
    };
    const free = ['twilio', 'elevenlabs'].map((provider) => `vocero_provider_calls{provider="${provider}"} 0`);
    await until(async () => (await taken()).every((line) => line.endsWith(' 0')), 30_000, 'all places to be free');
    expect((await taken()).sort()).toEqual(free.sort());
  },
);
