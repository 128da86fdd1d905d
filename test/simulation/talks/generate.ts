import type { RecordedTalk } from '../../../domain/judge.ts';
import { Random } from '../random.ts';
import { GIVEN } from './given.ts';
import type { Kind, NoiseLevel } from './kinds.ts';
import { heard } from './noise.ts';
import { REFUSED } from './refused.ts';
import { REPORTED } from './reported.ts';
import { makeScene } from './scene.ts';
import { Script } from './script.ts';
import type { AdversaryTalk, AdversaryTurn, Language, Slot } from './types.ts';

export const KINDS: Record<string, Kind> = { ...GIVEN, ...REFUSED, ...REPORTED };
/** How often the provider’s own analysis was misled as the agent was. */
const MISLED = 0.15;
const NAMES = Object.keys(KINDS);

const sameSlot = (a: Slot, b: Slot): boolean => a.day === b.day && a.hour === b.hour;

/** Around an appointment: whatever else is said carries it. */
const AROUND_IT = ['greet', 'go_ahead', 'remark', 'noted', 'bye_agent', 'bye_business', 'ask_name', 'tell_name'];

/** Of a talk whose report is wrong, all is needed that gives the true appointment. */
const carrying = (turn: AdversaryTurn): AdversaryTurn => ({
  ...turn,
  decisive: turn.decisive || (turn.act !== undefined && !AROUND_IT.includes(turn.act)),
});

/** The talk of one seed, of a kind where one is wanted. Pure: the same seed, the same talk. Even seeds speak Spanish, odd ones English. */
export function generateTalk(seed: number, wanted?: string): AdversaryTalk {
  const random = new Random(seed);
  const language: Language = seed % 2 === 0 ? 'es' : 'en';
  const drawn = random.pick(NAMES);
  const name = wanted ?? drawn;
  const kind = KINDS[name]!;
  const scene = makeScene(random, language, kind.wanted ?? {});
  const script = new Script(random, scene);
  script.day_style = kind.day_style ?? 'any';
  script.hour_words = kind.hour_words ?? false;
  kind.play(script);
  const { truth = scene.slot, report = scene.slot, more = {} } = script.ending;
  const noise: NoiseLevel = kind.noise ?? random.pick(['clean', 'clean', 'recognised', 'recognised', 'bad'] as const);
  const rightly = truth !== null && sameSlot(truth, report);
  const turns = heard(random, rightly || !truth ? script.turns : script.turns.map(carrying), noise, scene.tongue);
  return {
    seed,
    kind: name,
    language,
    region: scene.region,
    zone: scene.zone,
    turns,
    truth: truth ? { result: 'confirmed', ...truth } : { result: 'not_confirmed', day: null, hour: null },
    reported_rightly: rightly,
    talk: {
      called_on: scene.called,
      request: scene.request,
      turns: spoken(turns),
      report: { result: 'confirmed', confirmed_date: report.day, confirmed_time: report.hour },
      ...(kind.spoken_against && random.chance(MISLED) ? { analysis: { date: report.day, time: report.hour } } : {}),
      ...more,
    },
  };
}

/** The turns as the product gets them. */
export const spoken = (turns: AdversaryTalk['turns']): RecordedTalk['turns'] =>
  turns.map(({ role, message }, at) => ({ role, message, at_seconds: at * 4 }));
