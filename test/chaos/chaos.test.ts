import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bookingBody, ONLY_NATIVE } from '../e2e/support/client.ts';
import { until } from '../support/until.ts';
import { factsOf, strayLegs, violationsOfKey } from './checker.ts';
import { nameOf, strike } from './disasters.ts';
import { complaints, summary, type Verdict, verdicts } from './fates.ts';
import { bringTo, freshNumber, LIVE_ON_A_BRIDGE, PHASES, release, type Subject } from './phases.ts';
import { type Pair, Rig, VICTIMS } from './rig.ts';

let rig: Rig;
const made: Subject[] = [];

beforeAll(async () => {
  rig = await Rig.start();
}, 180_000);

afterAll(async () => {
  await rig?.stop();
}, 60_000);

/** On a machine that is starved the played voices stutter, and a talk may be over before its phase: so often it is begun anew. */
const TRIES = 3;

/** Brings bookings to phases, all of them: a phase that was not reached was not tried. */
async function bring(names: (phase: string) => boolean, disaster: string, more = [] as typeof PHASES) {
  const wanted = [...PHASES.filter(({ name }) => names(name)), ...more];
  const subjects: Subject[] = await bringTo(rig, wanted, disaster);
  made.push(...subjects);
  for (let tries = 1; tries < TRIES && subjects.some(({ reached }) => !reached); tries++) {
    const missed = [...subjects.keys()].filter((i) => !subjects[i]!.reached);
    const again = await bringTo(
      rig,
      missed.map((i) => subjects[i]!.phase),
      disaster,
    );
    made.push(...again);
    for (const [n, i] of missed.entries()) subjects[i] = again[n]!;
  }
  expect(subjects.filter(({ reached }) => !reached)).toEqual([]);
  return subjects;
}

/** Waits for all outcomes, and fails on any breach of a guarantee. */
async function judged(subjects: readonly Subject[]): Promise<Verdict[]> {
  const found = await verdicts(rig, subjects).catch((error: unknown) => {
    console.error(rig.tails());
    throw error;
  });
  const wrong = complaints(found);
  if (wrong.length > 0) console.error(`${summary(found)}\n${rig.tails()}`);
  expect(wrong).toEqual([]);
  expect(strayLegs(rig.sandbox.log(), new Set(made.map(({ id }) => id)))).toEqual([]);
  return found;
}

/** All but the appointments that were wanted; with everything about them printed, since seeing it again may take long. */
function notConfirmed(found: readonly Verdict[]): Verdict[] {
  const others = found.filter(({ view }) => view.outcome?.result !== 'confirmed');
  for (const { id, number, view, disaster, phase } of others) {
    const { legs, talks, webhooks } = factsOf(id, number, rig.sandbox.log(number));
    const told = { disaster, phase: phase.name, view, legs, talks, webhooks };
    console.info(`not confirmed: ${JSON.stringify(told)}\n${rig.linesOf(id)}`);
  }
  return others;
}

const labels = (found: readonly Verdict[]): string[] =>
  found.map(({ disaster, phase, view }) => `${disaster}, ${phase.name}: ${view.outcome?.result}`);

/** With the only API away, whoever picks up hears Twilio's regret: a person was reached, and a person must look. */
const pickedUpMeanwhile = ({ phase, view }: Verdict): boolean =>
  /^(B (accepted|request|answer|ringing)|R (refused )?ringing)$/.test(phase.name) &&
  view.outcome?.result === 'needs_review';

it('killed with SIGKILL in any phase of A, R, B and C, each part comes back, and every booking gets its appointment with one call', async () => {
  const subjects: Subject[] = [];
  for (const [turn, kill] of VICTIMS.entries()) {
    const disaster = { kill };
    const held = await bring(() => true, nameOf(disaster));
    // Every other booking goes on while the victim is away, the others when it is back.
    const early = held.filter((_, i) => i % 2 === turn % 2);
    await strike(rig, disaster, held, early);
    subjects.push(...held);
  }
  const found = await judged(subjects);
  const others = notConfirmed(found).filter(
    (verdict) => !(verdict.disaster === 'kill api' && pickedUpMeanwhile(verdict)),
  );
  expect(labels(others)).toEqual([]);
}, 240_000);

/** What goes on while each wire is cut: bookings whose next word goes over it. All others wait in their phases, and feel it there. */
const GO_ON: Record<Pair, RegExp> = {
  'api-temporal': /^(A talk|C talk|R talk|R ringing)$/,
  'worker-temporal': /^(B request|C reported)$/,
  'bridge-temporal': /^B talk$/,
  'worker-providers': /^A (request|answer)$/,
  'bridge-agent': /^B stream$/,
  'providers-api': /^(A reported|B ended|R stream)$/,
  'providers-bridge': /^(B reported|R refused talk)$/,
  'api-database': /^(A (ringing|ended)|R refused ringing)$/,
  'worker-database': /^(B (answer|ringing)|R reported)$/,
  'bridge-database': /^never$/,
};

it('cut in turn while bookings are under way, no piece of the network costs a booking its one honest outcome', async () => {
  // With each twice, some are still in mid-talk when the last wire is cut.
  const subjects = await bring(() => true, 'cuts', LIVE_ON_A_BRIDGE);
  for (const cut of rig.pairs) {
    const mine = subjects.slice(0, PHASES.length).filter(({ phase }) => GO_ON[cut].test(phase.name));
    await strike(rig, { cut, ms: 500 }, mine, mine);
  }
  release(rig, subjects);
  const found = await judged(subjects);
  expect(labels(notConfirmed(found).filter((verdict) => !pickedUpMeanwhile(verdict)))).toEqual([]);
}, 240_000);

/** Asks for the same booking so many times at once; the ids that were answered. */
async function askFor(
  key: string,
  body: unknown,
  times: number,
): Promise<{ status: number; id: string | undefined }[]> {
  const ask = async () => {
    const headers = { 'idempotency-key': key };
    const answer = await rig.client.send('POST', '/v1/bookings', body, headers).catch(() => undefined);
    return { status: answer?.status ?? 0, id: answer?.body.id as string | undefined };
  };
  return Promise.all(Array.from({ length: times }, ask));
}

/** The one booking that an order made: known by its mark, and rung once. */
async function theOne(mark: string, number: string): Promise<string> {
  const { body } = await rig.client.send('GET', '/v1/bookings?limit=100');
  const rows = (body.data as { id: string; metadata: { mark?: string } }[]).filter(
    ({ metadata }) => metadata.mark === mark,
  );
  expect(rows).toHaveLength(1);
  const { id } = rows[0]!;
  const subject = { id, number, phase: PHASES[0]!, disaster: mark, reached: true };
  made.push(subject);
  expect(labels(await judged([subject]))).toEqual([`${mark}, A accepted: confirmed`]);
  expect(rig.sandbox.log(number).calls).toHaveLength(1);
  return id;
}

it('with Temporal out of reach a booking is answered 503, and the same key makes one booking of it afterwards', async () => {
  const number = freshNumber();
  const mark = 'Temporal out of reach';
  const body = bookingBody(number, { ...ONLY_NATIVE, metadata: { mark } });
  rig.wire('api-temporal').cut();
  try {
    expect(await askFor(mark, body, 3)).toEqual(Array(3).fill({ status: 503, id: undefined }));
    expect(rig.sandbox.log(number).calls).toEqual([]);
  } finally {
    rig.wire('api-temporal').heal();
  }
  await until(async () => (await askFor(mark, body, 1))[0]!.id, 30_000, 'the booking to be accepted');
  const answers = await askFor(mark, body, 5);
  const id = await theOne(mark, number);
  expect(answers).toEqual(Array(5).fill({ status: 200, id }));
}, 120_000);

const phaseOf = (wanted: string) => PHASES.find(({ name }) => name === wanted)!;

it('with Temporal out of reach webhooks are answered 503: Twilio sends again, and what ElevenLabs does not is asked for', async () => {
  // A talk so long that the booking is not final, and its callbacks of no more interest, before Temporal is back.
  const long = { ...phaseOf('B ringing'), world: { talk_ms: 15_000 } };
  // Nothing is told of this one but the agent's report.
  const untold = { ...phaseOf('A talk'), world: { post_call: 'missing' as const } };
  const subjects = await bring(() => false, 'Temporal out of reach', [untold, long]);
  const [native, bridged] = subjects.map(({ number }) => number) as [string, string];
  const codes = (number: string, kind: string, detail: string): number[] =>
    rig.sandbox
      .log(number)
      .webhooks.filter((hook) => hook.kind === kind && hook.detail === detail)
      .map(({ code }) => code);
  rig.wire('api-temporal').cut();
  try {
    release(rig, subjects);
    await until(() => codes(native, 'report_result', 'confirmed')[0] === 503);
    await until(() => codes(bridged, 'status', 'answered')[0] === 503);
  } finally {
    rig.wire('api-temporal').heal();
  }
  await until(() => codes(bridged, 'status', 'answered').at(-1) === 204);
  const found = await judged(subjects);
  expect(labels(notConfirmed(found))).toEqual([]);
  // The agent's one report was refused, so the outcome rests on the talk's own record.
  expect(codes(native, 'report_result', 'confirmed')).toEqual([503]);
  expect(found[0]!.view.outcome?.evidence).toContain('conversation');
}, 120_000);

it.each([
  ['before anything was answered', false],
  ['after the first answer', true],
] as const)(
  'asked for 20 times at once with one key, of an API that is killed %s, a booking is made once',
  async (mark, wait) => {
    const number = freshNumber();
    const body = bookingBody(number, { ...ONLY_NATIVE, metadata: { mark } });
    const asked = Array.from({ length: 20 }, () => askFor(mark, body, 1));
    if (wait) await Promise.any(asked);
    const restart = await rig.kill('api');
    const before = (await Promise.all(asked)).flat();
    await restart();
    const after = await askFor(mark, body, 20);
    expect(after.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    const id = await theOne(mark, number);
    const ids = [...before, ...after].flatMap((answer) => answer.id ?? []);
    expect(violationsOfKey(mark, ids)).toEqual([]);
    expect(ids).toContain(id);
  },
  120_000,
);
