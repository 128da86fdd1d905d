import type { Citation } from '../../domain/talk/types.ts';
import type { Turn } from '../api/answers.ts';

/** The turn that is being said at a place of the recording; -1: none. */
export function turnAt(turns: readonly Turn[], at: number | undefined): number {
  if (at === undefined) return -1;
  return turns.findLastIndex((turn) => turn.at_seconds <= at + 0.05);
}

/** The turn to mark: the one that was asked for while its place is played (others may begin in the same second), else the one that is being said. */
export function markedTurn(turns: readonly Turn[], at: number | undefined, asked: number | undefined): number {
  const turn = asked === undefined ? undefined : turns[asked];
  if (asked === undefined || !turn) return turnAt(turns, at);
  if (at === undefined) return asked;
  const next = turns.find((one, number) => number > asked && one.at_seconds > turn.at_seconds);
  const during = at > turn.at_seconds - 0.5 && (next === undefined || at < next.at_seconds);
  return during ? asked : turnAt(turns, at);
}

/** The turn that a citation is taken from; undefined where the talk at hand does not have it there. */
export function turnOf(turns: readonly Turn[], { turn, role }: Citation): Turn | undefined {
  const said = turns[turn];
  return said?.role === role ? said : undefined;
}

/** Where the words of a citation are said, in seconds; undefined: nobody knows. */
export const placeOf = (turns: readonly Turn[], cite: Citation): number | undefined =>
  turnOf(turns, cite)?.at_seconds ?? cite.at_seconds ?? undefined;

/** A turn's words as those before a citation, the cited, and those after; undefined where they are not in it. */
export function aroundCited(turn: Turn | undefined, { text }: Citation): [string, string, string] | undefined {
  const at = turn ? turn.message.indexOf(text) : -1;
  if (!turn || at < 0) return undefined;
  return [turn.message.slice(0, at), text, turn.message.slice(at + text.length)];
}
