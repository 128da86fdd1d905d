import { sameOnTheDial } from './clock.ts';
import type { Move } from './moves.ts';
import { agree, type Said } from './slots.ts';
import { type ReadTurn, sentenceAt } from './turns.ts';

/** Context that distinguishes a slot from a day or an hour in a side remark. */
export interface Around {
  read: readonly ReadTurn[];
  moves: readonly Move[];
  /** All days, or all hours. */
  all: readonly Said[];
  /** The hours for days, the days for hours. */
  others: readonly Said[];
}

/** Instructions and information for the errand's person, for any day. */
const BY_THE_WAY =
  /^(?:and |y |pero |but |oh,? |just )*(?:tell|remind|have (?:him|her|them)|make sure|don't|do not|bring|que (?!tal)|dile|digale|decile|avis|acuerd|recuerd|acord|no (?:se |le |me )?olvid|mind|careful|ojo)/;

/** The business refers to the day that the agent has just named. */
const THAT_DAY = /(?<![a-zñ])(?:ese dia|that day|ese mismo dia|that same day|para ese)(?![a-zñ])/;

const CHANGING = new Set(['commit', 'offer', 'wait', 'taken_back', 'denied']);

/** True when it was proposed as a slot: with the other half of one, as an offer, or when the other side takes it up. */
function isPutForward(said: Said, { read, moves, all, others }: Around): boolean {
  const sentence = sentenceAt(read[said.turn]!, said.at);
  if (!sentence) return false;
  const whole = others.some((other) => other.turn === said.turn && other.at >= sentence.at && other.at < sentence.end);
  if (whole) return true;
  if (said.role === 'business' && BY_THE_WAY.test(sentence.text)) return false;
  const taken = all.some((other) => other.role !== said.role && !other.rejected && agree(other, said));
  if (taken) return true;
  const next = read.slice(said.turn + 1).find(({ role }) => role === 'business');
  if (said.role === 'agent' && next && THAT_DAY.test(next.text) && !next.sentences.some(({ question }) => question))
    return true;
  if (said.role === 'business') return sentence.cues.some(({ kind }) => CHANGING.has(kind));
  return moves.some(
    ({ kind, turn: at, how }) => kind === 'given' && how === 'yes' && at > said.turn && at <= said.turn + 2,
  );
}

/** The day or hour in force when the slot was given: the last proposal before. */
export function standingAt(given: Move | undefined, around: Around): Said | undefined {
  const usable = around.all.filter(({ rejected, vague }) => !rejected && !vague);
  if (!given) return usable.at(-1);
  const refusals = around.all.filter(({ rejected, role }) => rejected && role === 'business');
  let standing: Said | undefined;
  let later: Said | undefined;
  for (const said of usable) {
    if (said.turn > given.turn) {
      later ??= said;
      continue;
    }
    if (standing && refusals.some((no) => no.turn > standing!.turn && no.turn <= said.turn && agree(no, standing!)))
      standing = undefined;
    if (!standing || agree(said, standing) || isPutForward(said, around)) standing = said;
  }
  return standing ?? later;
}

/** A day or hour that was proposed after the slot was given and that differs from it. */
export function movedTo(given: Move, slot: Said, around: Around): Said | undefined {
  const isLater = (said: Said): boolean => said.turn > given.turn || (said.turn === given.turn && said.at > given.end);
  return around.all.find(
    (said) =>
      said !== slot &&
      isLater(said) &&
      !said.rejected &&
      !agree(said, slot) &&
      !sameFace(said, slot) &&
      !atMidday(said, slot) &&
      isPutForward(said, around),
  );
}

/** Another one in the same sentence, both left open. */
export function besideIt(given: Move, slot: Said, { read, all }: Around): Said | undefined {
  if (slot.turn !== given.turn) return undefined;
  const sentence = sentenceAt(read[slot.turn]!, slot.at);
  return all.find(
    (said) =>
      said.turn === slot.turn &&
      sentence &&
      said.at >= sentence.at &&
      said.at < sentence.end &&
      !said.rejected &&
      !agree(said, slot) &&
      !sameFace(said, slot) &&
      !atMidday(said, slot),
  );
}

/** "Al mediodía, dos menos cuarto": the first is only approximate. */
const isMidday = ({ text }: Said): boolean => /mediod[ií]a|midday|noon|lunch ?time/i.test(text);
const atMidday = (a: Said, b: Said): boolean =>
  isMidday(a) && b.values.some((value) => isTime(value) && value >= '11:30' && value <= '15:30');

/** An hour that looks the same on a clock's face: "las cuatro", after "las dieciséis". */
export const sameFace = (a: Said, b: Said): boolean =>
  a.values.some((one) => isTime(one) && b.values.some((other) => isTime(other) && sameOnTheDial(one, other)));

const isTime = (value: string): boolean => /^\d\d:\d\d$/.test(value);
