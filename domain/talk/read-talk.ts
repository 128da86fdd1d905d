import { atTurns } from '../cited-turns.ts';
import { isSpoken } from '../line-acts.ts';
import { follow, type Talk } from './follow.ts';
import { halfOfDay } from './half-of-day.ts';
import { impressionOf, outweighed, soundsRefused } from './impression.ts';
import type { Move } from './moves.ts';
import { normal } from './normal.ts';
import { otherErrand, otherName, otherPerson } from './other-errand.ts';
import { strangeService } from './services.ts';
import type { Heard } from './signs.ts';
import { agree, type Said } from './slots.ts';
import { codeOf, standing } from './standing-doubts.ts';
import { type Around, besideIt, movedTo, standingAt } from './standing-slot.ts';
import { besideSlots, type Place, type ReadTurn, readTurns, sentenceAt } from './turns.ts';
import {
  type Agreed,
  CITATION_MAX,
  type Citation,
  type Doubt,
  type DoubtCode,
  type SpokenTurn,
  type TalkContext,
  type TalkFinding,
} from './types.ts';
import { asksToWait, voicesIn } from './voices.ts';

/**
 * Reads the agreement of a talk: its last state, its words, and the doubts about it. Acts of the agent on the line are no words, but they
 * count as turns.
 */
export function readTalk(turns: readonly SpokenTurn[], context: TalkContext): TalkFinding {
  const places = [...turns.keys()].filter((at) => isSpoken(turns[at]!));
  const finding = readWords(
    places.map((at) => turns[at]!),
    context,
  );
  return places.length === turns.length ? finding : atTurns(finding, (turn) => places[turn] ?? turn);
}

function readWords(turns: readonly SpokenTurn[], context: TalkContext): TalkFinding {
  const heard = readByRules(turns, context);
  const finding = withImpression(heard);
  if (!finding.readable) return finding;
  const voices = voicesIn(heard.read);
  const asked = !voices && !finding.agreement && asksToWait(heard.read);
  return { ...finding, ...(voices && { voices }), ...(asked && { asked_to_wait: true as const }) };
}

function withImpression(heard: ByRules): TalkFinding {
  const { finding, read, givenAt, isRefused } = heard;
  const { doubts, agreement } = finding;
  if (!finding.readable || !agreement) return finding;
  const sound = impressionOf(heard);
  const isPlain = read.some((turn) => turn.role === 'business' && turn.turn <= agreement.turn && saysAll(turn));
  if (!isRefused && outweighed(doubts, sound, isPlain)) return doubts.length > 0 ? { ...finding, doubts: [] } : finding;
  // When only the yes is missing, the provider's analysis decides, unless the talk sounds refused.
  const isOpen = doubts.every(isOf('not_agreed'));
  if (doubts.length === 0 || (isOpen && soundsRefused(heard, sound)))
    return { ...finding, doubts: [...doubts, { code: 'unconvincing', cites: [agreement] }] };
  return givenAt === undefined ? withoutAgreement(finding) : finding;
}

const withoutAgreement = ({ agreement: _, level: __, ...finding }: TalkFinding): TalkFinding => finding;

/** The reading of the rules alone. */
interface ByRules extends Heard {
  finding: TalkFinding;
  /** The slot itself was refused and not given since, or the business asked to wait and never came back: no other words outweigh that. */
  isRefused: boolean;
}

/**
 * The reading before the impression of the whole talk. `givenAt`: the turn whose words gave the slot. Without one, the finding's agreement
 * is the business's last mention of the slot, which may still give it.
 */
export function readByRules(turns: readonly SpokenTurn[], context: TalkContext): ByRules {
  const { called_on, called_time } = context;
  const { read, languages } = readTurns(turns, context);
  if (turns.length > 0 && !read.some(({ role, spoken }) => role === 'business' && spoken))
    return { finding: silent(context), read, moves: [], doubts: [], request: context.request, isRefused: false };
  if (turns.length === 0 || languages.length === 0)
    return {
      finding: { called_on, readable: false, doubts: [] },
      read,
      moves: [],
      doubts: [],
      request: context.request,
      isRefused: false,
    };
  const talk = follow(read);
  const said = talk.moves.findLast(
    (move) => move.kind === 'given' && (move.how !== 'yes' || hasSpokenOfIt(talk, move)),
  );
  const given =
    said ??
    lastWord(talk, read) ??
    talk.moves.findLast(({ kind, how }) => kind === 'given' && how === 'yes') ??
    lastAnswer(read);
  const doubts: Doubt[] = [];
  const doubt = (code: DoubtCode, ...places: (Place | undefined)[]): void => {
    if (doubts.some((known) => known.code === code)) return;
    doubts.push({ code, cites: places.flatMap((place) => (place ? [cite(read, place)] : [])).slice(0, 3) });
  };

  const days: Around = { read, moves: talk.moves, all: talk.days, others: talk.times };
  const times: Around = { read, moves: talk.moves, all: talk.times, others: talk.days };
  const day = standingAt(given, days);
  const time = standingAt(given, times);

  for (const move of standing(talk, said, read)) if (!isOfAnother(move, talk, day)) doubt(codeOf(move), move);
  if (
    given?.how === 'yes' &&
    [...talk.days, ...talk.times].some(
      (said) => said.role === 'business' && said.turn > given.turn && !said.rejected && isLong(read[said.turn]!),
    )
  ) {
    doubt('not_agreed', given);
  }
  const unanswered = given && talk.closings.find((turn) => turn > given.turn);
  if (given && unanswered !== undefined)
    doubt('not_agreed', { turn: unanswered, at: 0, end: read[unanswered]!.message.length });
  const other = otherErrand(read, context.request, given?.turn ?? Infinity);
  if (other) doubt('other_errand', other);
  const strange = given && strangeAt(read[given.turn]!, given.at, wordsOf(read, context));
  if (strange) doubt('other_errand', strange);
  const agentWords = read
    .filter(({ role }) => role === 'agent')
    .map(({ message }) => normal(message))
    .join(' ');
  const named = read
    .map((turn) => otherName(turn, context.request.user_name, agentWords))
    .findLast((place) => place !== undefined);
  if (named && given && named.turn >= given.turn - 2) doubt('other_errand', named);
  const forOther =
    given &&
    read
      .filter(({ role, turn }) => role === 'business' && turn >= given.turn)
      .map((turn) => otherPerson(turn, context.request.user_name, read[0]?.text ?? ''))
      .find((place) => place !== undefined);
  if (forOther) doubt('other_errand', forOther);
  if (!said)
    doubt(talk.answered === 0 ? 'no_person' : talk.answered === talk.asked ? 'asked_only' : 'not_agreed', talk.last);

  if (day && (day.conflict || talk.days.some((said) => said.conflict && sameNumber(said, day))))
    doubt('weekday_mismatch', day);
  if (day?.past) doubt('day_past', day);
  if (!day || day.values.length === 0) doubt('day_unclear', day);
  if (!time || time.vague) doubt('hour_unclear', time);
  for (const [slot, around] of [
    [day, days],
    [time, times],
  ] as const) {
    if (!given || !slot) continue;
    const moved = movedTo(given, slot, around);
    if (moved) doubt('moved', moved);
    const beside = besideIt(given, slot, around);
    if (beside) doubt('two_slots', beside);
  }
  const refused = [refusalOf(day, talk.days), refusalOf(time, talk.times)].find((no) => no !== undefined);
  if (refused) doubt('denied', refused);
  const lastMove = talk.moves.findLast(({ kind }) => kind === 'denied' || kind === 'given');
  const isDeniedAtLast =
    lastMove?.kind === 'denied' && said !== undefined && lastMove.turn > said.turn && doubts.some(isOf('denied'));
  const date = day && narrowed(talk.days, day);
  const hour = time && halfOfDay(read, narrowed(talk.times, time), talk.times, context);
  const byBusiness = date?.role === 'business' && hour?.role === 'business';
  return {
    read,
    moves: talk.moves,
    givenAt: said?.turn,
    agreedAt: given?.turn,
    doubts,
    request: context.request,
    isRefused: refused !== undefined || isDeniedAtLast || (said?.how !== 'written' && isLeftWaiting(read)),
    finding: {
      called_on,
      ...(called_time ? { called_time } : {}),
      readable: true,
      ...(date ? { date: agreed(read, date) } : {}),
      ...(hour ? { time: agreed(read, hour) } : {}),
      ...(given ? { agreement: cite(read, given) } : {}),
      ...(given ? { level: byBusiness ? ('stated' as const) : ('agreed' as const) } : {}),
      doubts,
    },
  };
}

/** A turn with the day, the hour, and that it is done. */
function saysAll({ sentences }: ReadTurn): boolean {
  const said = sentences.filter(({ question }) => !question);
  const done = said.some(({ cues }) => cues.some(({ kind }) => kind === 'commit'));
  return done && said.some(({ days }) => days.length > 0) && said.some(({ times }) => times.length > 0);
}

/** For a talk that gives the slot only as a whole: the business's last words with the day or the hour. */
function lastWord({ days, times }: Talk, read: readonly ReadTurn[]): Move | undefined {
  const named = [...days, ...times].filter(
    ({ role, question, rejected }) => role === 'business' && !question && !rejected,
  );
  const turn = Math.max(-1, ...named.map((said) => said.turn));
  if (turn < 0) return undefined;
  return { kind: 'given', turn, at: 0, end: read[turn]!.message.length, how: 'yes' };
}

/** For a business that never named the slot: its last answer to words of the agent that do. */
function lastAnswer(read: readonly ReadTurn[]): Move | undefined {
  const answer = read.findLast(({ role, spoken, turn, sentences }) => {
    const before = read[turn - 1];
    return (
      role === 'business' &&
      spoken &&
      before?.role === 'agent' &&
      before.sentences.some(({ days, times }) => days.length > 0 || times.length > 0) &&
      !sentences.every(({ question }) => question)
    );
  });
  return answer && { kind: 'given', turn: answer.turn, at: 0, end: answer.message.length, how: 'yes' };
}

/** Another service that is named in the sentence at this place of a turn. */
function strangeAt(read: ReadTurn, place: number, known: string): Place | undefined {
  const sentence = sentenceAt(read, place);
  const found = sentence && strangeService(besideSlots(sentence, ','), known);
  return found && { turn: read.turn, at: sentence.at + found.at, end: sentence.at + found.end };
}

/** The errand in the order's words and the agent's. */
const wordsOf = (read: readonly ReadTurn[], { request }: TalkContext): string =>
  [
    request.service_type,
    request.special_requests ?? '',
    ...read.flatMap(({ role, message }) => (role === 'agent' ? [message] : [])),
  ].join(' ');

const silent = ({ called_on }: TalkContext): TalkFinding => ({
  called_on,
  readable: true,
  doubts: [{ code: 'no_person', cites: [] }],
});

/** The business's last mention of the agent's day or hour, if it refuses it. */
function refusalOf(slot: Said | undefined, all: readonly Said[]): Said | undefined {
  if (slot?.role !== 'agent') return undefined;
  const last = all.findLast((said) => said.role === 'business' && said.turn > slot.turn && agree(said, slot));
  return last?.rejected ? last : undefined;
}

/** "One sec", and nothing after it. */
function isLeftWaiting(read: readonly ReadTurn[]): boolean {
  const last = read.findLast(({ role, spoken }) => role === 'business' && spoken);
  return last !== undefined && !isLong(last) && last.sentences.at(-1)?.cues.at(-1)?.kind === 'wait';
}

const isOf =
  (code: DoubtCode) =>
  (doubt: Doubt): boolean =>
    doubt.code === code;

/** Only a day other than the slot's is given back: "la del miércoles ya no va", about a slot on Tuesday. */
function isOfAnother({ kind, turn, at }: Move, { days }: Talk, slot: Said | undefined): boolean {
  if (kind !== 'taken_back' || !slot) return false;
  const here = days.filter((said) => said.turn === turn && said.rejected && Math.abs(said.at - at) < NEAR_CHARACTERS);
  return here.length > 0 && !here.some((said) => agree(said, slot));
}

const NEAR_CHARACTERS = 40;

/** More than a repetition of the slot. */
const isLong = ({ text }: ReadTurn): boolean => text.trim().split(/ +/).length > 8;

/** A yes of somebody who never named a day or an hour may be for another person. */
const hasSpokenOfIt = ({ moves, days, times }: Talk, { turn, at }: Move): boolean =>
  [...days, ...times].some(
    (said) => said.role === 'business' && !said.question && (said.turn < turn || (said.turn === turn && said.at < at)),
  ) || moves.some((move) => move.kind === 'given' && move.how !== 'yes' && move.turn < turn);

const sameNumber = (a: Said, b: Said): boolean =>
  a.text.split(' ').some((word) => word.length > 2 && b.text.includes(word));

/** The same day or hour in its most exact form; the business's words come first. */
function narrowed(all: readonly Said[], slot: Said): Said {
  const same = all.filter(
    (said) => !said.rejected && !said.vague && said.turn <= slot.turn + 4 && (agree(said, slot) || said === slot),
  );
  // A weekday alone means the date that was named with it.
  const dated =
    slot.weekday === undefined
      ? undefined
      : same.findLast((said) => said.weekday === undefined && said.values.length === 1);
  let values = dated?.values ?? slot.values;
  for (const said of same) {
    const both = values.filter((value) => said.values.includes(value));
    if (both.length > 0 && both.length < values.length && (said.exact || said.values.length < values.length))
      values = both;
  }
  const own =
    slot.role === 'business' ? slot : (same.findLast(({ role, question }) => role === 'business' && !question) ?? slot);
  return { ...own, values };
}

function agreed(read: readonly ReadTurn[], said: Said): Agreed {
  return { ...cite(read, said), values: said.values };
}

function cite(read: readonly ReadTurn[], { turn, at, end }: Place): Citation {
  const { role, message, at_seconds } = read[turn]!;
  return { text: message.slice(at, end).trim().slice(0, CITATION_MAX), role, turn, at_seconds };
}
