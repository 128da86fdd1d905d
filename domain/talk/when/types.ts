/** The languages that talks are held in. */
export type Language = 'es' | 'en';

/** A stretch of a turn's text. `at`, `end`: UTF-16 offsets into the text as given. */
export interface Span {
  at: number;
  end: number;
  text: string;
}

/** A day that was said. `values`: ISO dates that it can mean, most likely first; empty where it names a day that cannot exist or contradicts itself. */
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
  /** The weekday that was said is not that date's; `values` is then empty. */
  conflict?: boolean;
  /** The date lies before the call's day, or did so within the last 14 days as well as lying ahead. */
  past?: boolean;
}

/** A time of day that was said. `values`: HH:MM that it can mean, both halves of the day where none was said, the likelier for a business first. */
export interface TimeMention extends Span {
  values: string[];
  /** The half of the day was said with it (pm, "de la tarde", "16 hs"). */
  exact: boolean;
  /** Only about that time, or one end of a stretch of time: no slot by itself. */
  vague?: 'around' | 'after' | 'before' | 'range';
  /** A number alone that could be an hour ("k. nine"): only the talk can tell. */
  bare?: boolean;
}

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

/** A part of the day without an hour. */
export interface PartMention extends Span {
  part: PartOfDay;
}
