import { DAYS } from './lines.ts';
import type { Slot } from './utterances.ts';

/** The ends of a range in words; a single value is both. */
function rangeIn(words: string, pattern: RegExp): [from: string, to: string] | undefined {
  const [from, to = from] = words.match(pattern) ?? [];
  return from === undefined ? undefined : [from, to!];
}

function allows(alternative: string, { day, time }: Slot, date: string): boolean {
  const dates = rangeIn(alternative, /\d{4}-\d\d-\d\d/g);
  if (dates) return dates[0] <= date && date <= dates[1];
  const times = rangeIn(alternative, /\d\d:\d\d/g);
  if (times) return times[0] <= time && time < times[1];
  return [DAYS.es[day]!, DAYS.en[day]!].some((name) => alternative.includes(name));
}

/** Reads the agent's variable `acceptable` as a model does: true when it may take the slot. Empty words permit any. */
export const mayTake = (acceptable: string, slot: Slot, date: string): boolean =>
  acceptable
    .split(';')
    .filter((part) => part.trim() !== '')
    .every((part) => part.split(/ o | or /).some((alternative) => allows(alternative, slot, date)));
