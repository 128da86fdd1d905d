import type { RecordedTalk } from '../../../domain/judge.ts';
import type { Act } from './acts.ts';
import type { Day, Hour } from './calendar.ts';

export const SPANISH = ['ar', 'mx', 'es', 'cl', 'co'] as const;
export const ENGLISH = ['us', 'uk'] as const;
/** How people speak: the language and the place. */
export type Region = (typeof SPANISH)[number] | (typeof ENGLISH)[number];

export type Language = 'es' | 'en';

export interface Slot {
  day: Day;
  hour: Hour;
}

/** What a business does: tells its usual hours, and what is asked there. */
export const TRADES = [
  'dentist',
  'hairdresser',
  'garage',
  'vet',
  'physio',
  'restaurant',
  'lawyer',
  'optician',
  'town_hall',
] as const;
export type Trade = (typeof TRADES)[number];

export interface Truth {
  result: 'confirmed' | 'not_confirmed';
  day: Day | null;
  hour: Hour | null;
}

export interface AdversaryTurn {
  role: 'agent' | 'business';
  message: string;
  /** The truth rests on it: shrinking keeps it. */
  decisive: boolean;
  /** What was meant; absent for asides. */
  act?: Act | undefined;
}

/** One talk, with what really happened. */
export interface AdversaryTalk {
  seed: number;
  kind: string;
  language: Language;
  region: Region;
  zone: string;
  turns: AdversaryTurn[];
  truth: Truth;
  /** The report is right: such a talk is to be confirmed. */
  reported_rightly: boolean;
  talk: RecordedTalk;
}
