import type { Automaton, Reached } from './reached.ts';
import type { Report, ReportResult } from './result.ts';
import type { Call } from './state.ts';
import type { DoubtCode, TalkFinding } from './talk/types.ts';

/**
 * The one place that weighs who answered a call, on every channel. The witnesses, the weightiest first:
 * 1. the agent's report of something that only a person can have said;
 * 2. the words of the talk, which may show a person, or automata alone;
 * 3. the agent's report that it reached an automaton;
 * 4. the carrier's machine detection and the provider's own verdict.
 * A talk in which a person spoke is a person reached, whatever a detector says. Without a verdict of an automaton, an answered call counts
 * as a person reached: the number is not called again. A verdict "human" of the carrier adds nothing to that.
 */
export type Answerer = { is: 'person' } | { is: 'automaton'; kind: Automaton } | { is: 'unknown' };

/** All that says what was said in a call. */
export type Talked = Partial<Pick<Call, 'transcript' | 'part_talks' | 'quiet_parts' | 'sessions'>>;

/** The evidence that the verdict rests on. */
export interface Witnesses extends Pick<Call, 'machine' | 'found_report'>, Talked {
  /** The report that stands. */
  report: Report | undefined;
}

/** Results that an agent may hear in an automaton's words: "no puede atender", "llame más tarde". */
const MISHEARD: readonly ReportResult[] = ['declined', 'no_availability', 'callback_requested'];

const isOnlyAutomata = (talk: TalkFinding | undefined): boolean =>
  talk?.readable === true && talk.voices?.only === true;

/**
 * The reading of a call's talk. Where the transcript of a talk of several sessions is lost, their records speak for it only if they are
 * complete, and an automaton was all that any of them heard.
 */
export function talkOf({
  transcript,
  part_talks = {},
  quiet_parts = [],
  sessions = [],
}: Talked): TalkFinding | undefined {
  if (transcript) return transcript.digest.talk;
  const parts = Object.values(part_talks);
  const isComplete = sessions.length > 1 && sessions.every((id) => id in part_talks || quiet_parts.includes(id));
  return isComplete && parts.every(isOnlyAutomata) ? parts.at(-1) : undefined;
}

/** True for a report of something that a person said, unless the agent itself or the words say that only an automaton spoke. */
export function isFromPerson({ result, reached = 'person' }: Report, talk?: TalkFinding): boolean {
  if (result === 'voicemail') return false;
  return !MISHEARD.includes(result) || (reached === 'person' && !isOnlyAutomata(talk));
}

/** With fewer turns than this, the business may only have greeted, unless its words are an answer. */
const PERSON_TURNS = 2;

/** Doubts about words that only somebody says who has heard the question. */
const ANSWERS: readonly DoubtCode[] = [
  'denied',
  'taken_back',
  'hedged',
  'tentative',
  'conditional',
  'waiting_list',
  'call_back',
  'elsewhere',
  'moved',
];

/** True when somebody answered in words after the last automaton's. */
function answersAfter({ doubts, agreement, voices }: TalkFinding): boolean {
  const { turn, answers = 0 } = voices!;
  const answered =
    (agreement?.turn ?? -1) > turn ||
    doubts.some(({ code, cites }) => ANSWERS.includes(code) && cites.some((cite) => cite.turn > turn));
  return answers >= PERSON_TURNS || (answers > 0 && answered);
}

/**
 * True when the words show a person, or when nobody has read them yet or can read them. Even if a detector takes the voice for a machine, a
 * business that is not known to be a machine is not called again.
 */
function heardAPerson({ transcript }: Witnesses): boolean {
  const { business_turns_after_greeting = 0, talk } = transcript?.digest ?? {};
  if (isOnlyAutomata(talk) || business_turns_after_greeting === 0) return false;
  if (!talk?.readable) return business_turns_after_greeting >= PERSON_TURNS;
  if (talk.doubts.some(({ code }) => code === 'no_person')) return talk.voices !== undefined && answersAfter(talk);
  const answered =
    talk.agreement !== undefined || talk.asked_to_wait || talk.doubts.some(({ code }) => ANSWERS.includes(code));
  return answered || business_turns_after_greeting >= PERSON_TURNS;
}

const reportsAutomaton = (report: Report | undefined): report is Report =>
  report !== undefined && !isFromPerson(report);

const isAutomaton = (reached: Reached | undefined): reached is Automaton =>
  reached !== undefined && reached !== 'person';

/** The callee that answered, as far as the evidence says. */
export function whoAnswered(witnesses: Witnesses): Answerer {
  const { machine, found_report, report } = witnesses;
  const talk = talkOf(witnesses);
  const found = found_report?.report;
  if (report && isFromPerson(report, talk)) return { is: 'person' };
  if (heardAPerson(witnesses)) return { is: 'person' };
  if (found && isFromPerson(found, talk)) return { is: 'person' };
  const named = [report, found]
    .filter(reportsAutomaton)
    .map(({ reached }) => reached)
    .find(isAutomaton);
  const heard = talk?.readable ? talk.voices?.automaton : undefined;
  const automaton = machine || isOnlyAutomata(talk) || reportsAutomaton(report) || reportsAutomaton(found);
  return automaton ? { is: 'automaton', kind: named ?? heard ?? 'voicemail' } : { is: 'unknown' };
}
