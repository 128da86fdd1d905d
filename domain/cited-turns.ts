import type { Citation, SpokenTurn, TalkFinding } from './talk/types.ts';

type Place = Pick<Citation, 'turn' | 'at_seconds'>;

/** Place of a turn among the stored ones: the turn with the same words, else the one of that side nearest in time. */
function placeIn(kept: readonly SpokenTurn[], turn: SpokenTurn, number: number): Place | undefined {
  const places = kept
    .map(({ role, message, at_seconds = null }, at) => ({ role, message, at_seconds, turn: at }))
    .filter(({ role }) => role === turn.role);
  const seconds = (place: Place): number => Math.abs((place.at_seconds ?? 0) - (turn.at_seconds ?? 0));
  const nearest = places.sort(
    (a, b) => seconds(a) - seconds(b) || Math.abs(a.turn - number) - Math.abs(b.turn - number),
  );
  const place = nearest.find(({ message }) => message === turn.message) ?? nearest[0];
  return place && { turn: place.turn, at_seconds: place.at_seconds };
}

/** A finding with all its places moved. */
function withPlaces(finding: TalkFinding, place: (cite: Place) => Place): TalkFinding {
  const moved = <C extends Citation>(cite: C): C => {
    const { turn, at_seconds } = place(cite);
    return { ...cite, turn, at_seconds };
  };
  const { date, time, agreement, doubts, voices } = finding;
  return {
    ...finding,
    ...(date && { date: moved(date) }),
    ...(time && { time: moved(time) }),
    ...(agreement && { agreement: moved(agreement) }),
    doubts: doubts.map((doubt) => ({ ...doubt, cites: doubt.cites.map(moved) })),
    ...(voices && { voices: { ...voices, turn: place({ turn: voices.turn, at_seconds: null }).turn } }),
  };
}

/** A finding with other numbers of the turns. */
export const atTurns = (finding: TalkFinding, numberOf: (turn: number) => number): TalkFinding =>
  withPlaces(finding, ({ turn, at_seconds }) => ({ turn: numberOf(turn), at_seconds }));

/** A finding in `turns`, with its citations moved to the stored (and displayed) turns of the same talk. */
export const citedIn = (kept: readonly SpokenTurn[], finding: TalkFinding, turns: readonly SpokenTurn[]): TalkFinding =>
  withPlaces(finding, ({ turn, at_seconds }) => {
    const said = turns[turn];
    return (said && placeIn(kept, said, turn)) ?? { turn, at_seconds };
  });
