import { minutesOf } from './clock.ts';
import { normal } from './normal.ts';
import type { Said } from './slots.ts';
import { type ReadTurn, sentenceAt } from './turns.ts';
import type { TalkContext } from './types.ts';
import { findParts, findTimes } from './when/index.ts';

const TABLE =
  /restaur|cena|dinner|mesa|table|\bbar\b|\bpub\b|bistro|parrilla|asador|taverna|taberna|fonda|trattoria|steak|pizz/;
const MORNING_TO = '12:00';
/** Between these hours the half of the day is clear. */
const EARLIEST = '07:00';
const LATEST = '20:59';

/** Decides which half of the day an hour is in, if the talk or the order shows it; else all readings stay. */
export function halfOfDay(read: readonly ReadTurn[], slot: Said, all: readonly Said[], { request }: TalkContext): Said {
  if (slot.values.length < 2) return slot;
  const exact = all.find((said) => said.exact && said.values.length === 1 && slot.values.includes(said.values[0]!));
  if (exact) return { ...slot, values: [...exact.values] };
  const table = TABLE.test(normal(`${request.service_type} ${request.special_requests ?? ''}`));
  const wish = request.preferred_time ?? '';
  const wished = nearTheWish(slot.values, wish);
  if (wished) return { ...slot, values: wished };
  const plausible = slot.values.filter((value) => (table ? value >= '12:00' : value >= EARLIEST && value <= LATEST));
  if (plausible.length === 1) return { ...slot, values: plausible };
  const hint = byParts(slot.values, wish);
  if (hint) return { ...slot, values: hint };
  for (const near of read.filter(({ turn }) => Math.abs(turn - slot.turn) <= 1)) {
    // The rest of its turn may be about another hour: "siete y media. a la tarde se lo lavamos".
    const own = near.turn === slot.turn ? sentenceAt(near, slot.at) : undefined;
    const only = byParts(slot.values, own ? near.message.slice(own.at, own.end) : near.message);
    if (only) return { ...slot, values: only };
  }
  return { ...slot, values: [plausible[0] ?? slot.values[0]!] };
}

const EARLY = /(?:bien|muy|lo mas) temprano|primera hora|first thing|bright and early|before work/;

function byParts(values: readonly string[], text: string): string[] | undefined {
  const parts = new Set(findParts(text).map(({ part }) => (part === 'morning' ? 'am' : 'pm')));
  if (EARLY.test(normal(text))) parts.add('am');
  if (parts.size !== 1) return undefined;
  const [half] = parts;
  const kept = values.filter((value) => (value < MORNING_TO ? 'am' : 'pm') === half);
  return kept.length > 0 && kept.length < values.length ? kept : undefined;
}

const NEAR_MINUTES = 180;

/** The order says "21 hs": half past nine is in the evening. */
function nearTheWish(values: readonly string[], wish: string): string[] | undefined {
  const wished = findTimes(wish).find((time) => time.exact)?.values[0];
  if (!wished) return undefined;
  const kept = values.filter((value) => Math.abs(minutesOf(value) - minutesOf(wished)) <= NEAR_MINUTES);
  return kept.length === 1 ? kept : undefined;
}
