import type { Citation, Doubt, DoubtCode } from '../../domain/talk/types.ts';

type Cites = [Citation, ...Citation[]];

/** Doubts from the same turns, with the words of each turn. */
interface Reason {
  codes: DoubtCode[];
  turns: Cites[];
}

/** This many doubts, and this many turns in total, are enough to decide. */
const MOST = 3;

/** Left out if another doubt speaks against the appointment. */
const LEAST_TELLING: DoubtCode = 'not_agreed';

/** The weightiest doubts, each kind once, with the deciding words. */
export function reasonsOf(doubts: readonly Doubt[]): Reason[] {
  const kinds = doubts.filter(({ code }, at) => doubts.findIndex((other) => other.code === code) === at);
  const telling = kinds.filter(({ code }) => code !== LEAST_TELLING);
  const shown = new Set<number>();
  const reasons: Reason[] = [];
  for (const { code, cites } of (telling.length > 0 ? telling : kinds).slice(0, MOST)) {
    const same = reasons.find(({ turns }) => turns.length > 0 && cites.every(({ turn }) => has(turns, turn)));
    const reason = (cites.length > 0 && same) || { codes: [], turns: [] };
    if (reason !== same) reasons.push(reason);
    reason.codes.push(code);
    for (const cite of cites) {
      const turn = reason.turns.find(([first]) => first.turn === cite.turn);
      if (turn) addTo(turn, cite);
      else if (shown.has(cite.turn) || shown.size < MOST) {
        reason.turns.push([cite]);
        shown.add(cite.turn);
      }
    }
  }
  return reasons;
}

const has = (turns: readonly Cites[], turn: number): boolean => turns.some(([first]) => first.turn === turn);

function addTo(cites: Cites, cite: Citation): void {
  if (!cites.some(({ text }) => text === cite.text)) cites.push(cite);
}
