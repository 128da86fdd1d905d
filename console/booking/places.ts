import type { Citation } from '../../domain/talk/types.ts';
import type { Turn } from '../api/answers.ts';

/** The turn at a position of the recording; -1: none. */
function turnAt(turns: readonly Turn[], at: number | undefined): number {
  if (at === undefined) return -1;
  return turns.findLastIndex((turn) => turn.at_seconds <= at + 0.05);
}

/** The turn to mark: the clicked one while its position is playing (others may begin in the same second), else the current one. */
export function markedTurn(turns: readonly Turn[], at: number | undefined, asked: number | undefined): number {
  const turn = asked === undefined ? undefined : turns[asked];
  if (asked === undefined || !turn) return turnAt(turns, at);
  if (at === undefined) return asked;
  const next = turns.find((one, number) => number > asked && one.at_seconds > turn.at_seconds);
  const during = at > turn.at_seconds - 0.5 && (next === undefined || at < next.at_seconds);
  return during ? asked : turnAt(turns, at);
}

/** The turn that a citation quotes; undefined if this talk does not have it there. */
export function turnOf(turns: readonly Turn[], { turn, role }: Citation): Turn | undefined {
  const said = turns[turn];
  return said?.role === role ? said : undefined;
}

/** The position of a citation's words, in seconds; undefined: unknown. */
export const placeOf = (turns: readonly Turn[], cite: Citation): number | undefined =>
  turnOf(turns, cite)?.at_seconds ?? cite.at_seconds ?? undefined;

/** A part of a turn; `cited`: something rests on it. */
interface Piece {
  text: string;
  cited: boolean;
}

/** Number of characters of a long turn shown before and after the cited words. */
const AROUND = 70;

/** The turn's text around the cited words, cut between words; undefined if the turn lacks them. */
export function excerptOf(message: string, texts: readonly string[]): Piece[] | undefined {
  const found = texts.map((text) => ({ from: message.indexOf(text), to: message.indexOf(text) + text.length }));
  if (found.length === 0 || found.some(({ from }) => from < 0)) return undefined;
  found.sort((a, b) => a.from - b.from);
  const from = Math.max(0, message.lastIndexOf(' ', found[0]!.from - AROUND) + 1);
  const last = Math.max(...found.map(({ to }) => to));
  const space = message.indexOf(' ', last + AROUND);
  const to = space < 0 ? message.length : space;
  const pieces: Piece[] = [];
  let at = from;
  const take = (end: number, cited: boolean): void => {
    if (end > at) pieces.push({ text: message.slice(at, end), cited });
    at = Math.max(at, end);
  };
  if (from > 0) pieces.push({ text: '… ', cited: false });
  for (const one of found) {
    take(one.from, false);
    take(one.to, true);
  }
  take(to, false);
  if (to < message.length) pieces.push({ text: ' …', cited: false });
  return pieces;
}
