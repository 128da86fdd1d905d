import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { factsOf, strayLegs } from './checker.ts';
import { type Disaster, nameOf, strike } from './disasters.ts';
import { complaints, summary, type Verdict, verdicts } from './fates.ts';
import { bringTo, PHASES, type Phase, type Subject } from './phases.ts';
import { Rig, VICTIMS } from './rig.ts';

let rig: Rig;
const made: Subject[] = [];

beforeAll(async () => {
  rig = await Rig.start();
}, 180_000);

afterAll(async () => {
  await rig?.stop();
}, 60_000);

const everyOther = (subjects: readonly Subject[], from: number): Subject[] =>
  subjects.filter((_, i) => i % 2 === from % 2);

/** Brings bookings to phases, lets it happen, and does not wait for what becomes of them. */
async function befall(disaster: Disaster, phases: readonly Phase[], turn: number): Promise<Subject[]> {
  const subjects = await bringTo(rig, phases, nameOf(disaster));
  made.push(...subjects);
  await strike(rig, disaster, subjects, everyOther(subjects, turn));
  return subjects;
}

async function judged(subjects: readonly Subject[]): Promise<Verdict[]> {
  try {
    const found = await verdicts(rig, subjects);
    const wrong = complaints(found);
    if (wrong.length > 0) console.error(`${summary(found)}\n${rig.tails()}`);
    expect(wrong).toEqual([]);
    expect(strayLegs(rig.sandbox.log(), new Set(made.map(({ id }) => id)))).toEqual([]);
    return found;
  } catch (error) {
    console.error(rig.tails());
    throw error;
  }
}

/** With the only API dead, whoever picks up hears Twilio's regret: a person was reached, and a person must look. */
const mayNeedReview = ({ disaster, phase }: Verdict): boolean =>
  disaster === 'kill api' && /^B (accepted|request|answer|ringing)$/.test(phase.name);

const unexpected = (found: readonly Verdict[]): string[] =>
  found
    .filter(({ view }) => view.outcome?.result !== 'confirmed')
    .filter((verdict) => !(mayNeedReview(verdict) && verdict.view.outcome?.result === 'needs_review'))
    .map(({ disaster, phase, view, id, number }) => {
      const { legs, talks, webhooks } = factsOf(id, number, rig.sandbox.log());
      const hooks = webhooks.map(({ at, kind, detail, code, error }) => ({ at, kind, detail, code, error }));
      console.error(
        JSON.stringify({ disaster, phase: phase.name, view, legs, talks, hooks }, null, 1),
        rig.linesOf(id),
      );
      return `${disaster}, ${phase.name}: ${JSON.stringify(view.outcome)}`;
    });

it('killed with SIGKILL in any phase of A, B and C, each part comes back, and every booking gets its appointment with one call', async () => {
  const subjects: Subject[] = [];
  for (const [turn, victim] of VICTIMS.entries()) {
    subjects.push(...(await befall({ kill: victim }, PHASES, turn)));
  }
  const found = await judged(subjects);
  expect(unexpected(found)).toEqual([]);
}, 240_000);
