import { type Clause, sentencesOf } from './clauses.ts';
import { type Cue, findCues } from './cues.ts';
import { isForeign, type Language, languagesOf } from './language.ts';
import { normal } from './normal.ts';
import type { SpokenTurn, TalkContext } from './types.ts';
import { findWhen } from './when/index.ts';
import type { DayMention, TimeMention } from './when/types.ts';

/** A part of a turn. Offsets into its message. */
export interface Place {
  turn: number;
  at: number;
  end: number;
}

export interface Sentence extends Clause {
  cues: Cue[];
  days: DayMention[];
  times: TimeMention[];
}

/** A turn with everything that can be read from it alone. */
export interface ReadTurn {
  role: SpokenTurn['role'];
  turn: number;
  message: string;
  at_seconds: number | null;
  /** Normalised, without sounds in brackets; the errand's name reads as `him`. Same offsets as the message. */
  text: string;
  sentences: Sentence[];
  /** True for the business on the line itself, not a television or radio in the room. */
  spoken: boolean;
}

const OTHER_VOICE =
  /^\s*\[[^\]]*\b(?:tv|television|televisor|tele|radio|musica|music|song|announcer|locutor|novela|partido|commentator|recording|grabacion|jingle|lejos|far (?:off|away)|shouting|gritando|a otr[oa]|aparte|al fondo|background|distant|distance|muffled|to (?:someone|somebody|another|a \w+))\b[^\]]*\]/;

/** Reads each turn; of a talk in a language that is not read, only its words. */
export function readTurns(
  turns: readonly SpokenTurn[],
  context: TalkContext,
): { read: ReadTurn[]; languages: readonly Language[] } {
  const names = namesOf(context.request.user_name);
  const texts = turns.map(({ message }) => normal(message));
  const business = texts.filter((_, i) => turns[i]!.role === 'business');
  // The business may have only a few words, all unknown: then the agent's words decide the language.
  const ofAll = languagesOf(texts);
  const languages = business.length > 0 && isForeign(business) ? [] : ofAll;
  const read = turns.map(({ role, message, at_seconds }, turn) => {
    const raw = texts[turn]!;
    const spoken = !OTHER_VOICE.test(raw);
    const text = masked(
      raw.replace(/\[[^\]]*\]?/g, (sound) => ' '.repeat(sound.length)),
      names,
    );
    return {
      role,
      turn,
      message,
      at_seconds: at_seconds ?? null,
      text,
      sentences: spoken && languages.length > 0 ? readSentences(role, message, text, context.called_on, languages) : [],
      spoken: spoken && /[\p{L}\p{N}]/u.test(text),
    };
  });
  return { read, languages };
}

function readSentences(
  role: SpokenTurn['role'],
  message: string,
  text: string,
  date: string,
  languages: readonly Language[],
): Sentence[] {
  const { days, times } = findWhen(message, { date }, languages.length === 1 ? languages[0] : undefined);
  // The agent's words give nothing: only its days and hours matter.
  const cues = role === 'business' ? findCues(text, languages) : [];
  const inside = <T extends { at: number }>(all: T[], { at, end }: Clause): T[] =>
    all.filter((each) => each.at >= at && each.at < end);
  return sentencesOf(message).map((clause) => ({
    ...clause,
    text: text.slice(clause.at, clause.end),
    cues: inside(cues, clause),
    days: inside(days, clause),
    times: inside(times, clause),
  }));
}

/** Names long enough not to be common words. */
const namesOf = (name: string): RegExp[] =>
  normal(name)
    .split(/[^a-zñ]+/)
    .filter((part) => part.length >= 3 && !TITLES.has(part))
    .map((part) => new RegExp(`(?<![a-zñ])${part}(?![a-zñ])`, 'g'));

const TITLES = new Set([
  'don',
  'dona',
  'doña',
  'doctor',
  'doctora',
  'señor',
  'señora',
  'senor',
  'mrs',
  'miss',
  'del',
  'los',
  'las',
  'san',
  'the',
]);

function masked(text: string, names: readonly RegExp[]): string {
  let out = text;
  for (const name of names) out = out.replace(name, (found) => `him${'~'.repeat(found.length - 3)}`);
  return out;
}

/** The sentence of a turn at this offset. */
export const sentenceAt = ({ sentences }: ReadTurn, place: number): Sentence | undefined =>
  sentences.find(({ at, end }) => place >= at && place < end);

/** A sentence's words, with its days and hours covered by a character: its other content, at the same offsets. */
export function besideSlots({ text, at, days, times }: Sentence, cover: string): string {
  let rest = text;
  for (const { at: from, end } of [...days, ...times]) {
    rest = rest.slice(0, from - at) + cover.repeat(end - from) + rest.slice(end - at);
  }
  return rest;
}
