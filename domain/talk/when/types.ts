/** The languages of talks. */
export type Language = 'es' | 'en';

/** A part of a turn's text. `at`, `end`: UTF-16 offsets into the original text. */
export interface Span {
  at: number;
  end: number;
  text: string;
}

/** A day that was said. `values`: possible ISO dates, most likely first; empty for a day that cannot exist or contradicts itself. */
export interface DayMention extends Span {
  values: string[];
  kind: 'relative' | 'weekday' | 'weekday_and_date' | 'date' | 'day_number';
  /** 0 Sunday … 6 Saturday, as said. */
  weekday?: number;
  /** Day of the month, as said. */
  day?: number;
  /** 1 … 12, as said. */
  month?: number;
  year?: number;
  /** The weekday that was said is not the date's; `values` is then empty. */
  conflict?: boolean;
  /** The date lies before the call's day. Also set when it lay within the last 14 days and lies ahead as well. */
  past?: boolean;
}

/**
 * A time of day that was said. `values`: possible times HH:MM, both halves of the day if none was said, the likelier for a business first.
 */
export interface TimeMention extends Span {
  values: string[];
  /** The half of the day was said with it (pm, "de la tarde", "16 hs"). */
  exact: boolean;
  /** Only an approximate time, or one end of a range: not a slot by itself. */
  vague?: 'around' | 'after' | 'before' | 'range';
  /** A number alone that could be an hour ("k. nine"): only the talk can decide. */
  bare?: boolean;
}

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

/** A part of the day without an hour. */
export interface PartMention extends Span {
  part: PartOfDay;
}
