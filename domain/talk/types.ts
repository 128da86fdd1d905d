import type { Acceptable } from '../acceptable.ts';
import type { LineAct } from '../line-acts.ts';
import type { Automaton } from '../reached.ts';

/** One turn of a talk, in order: words, or an act. `at_seconds`: time since the talk began, if known. */
export interface SpokenTurn extends LineAct {
  role: 'agent' | 'business';
  message: string;
  at_seconds?: number | undefined;
}

/** Context for reading a talk. */
export interface TalkContext {
  /** The local day of the call at the business, ISO 8601. Relative days count from it. */
  called_on: string;
  /** The local time of the call there, HH:MM. */
  called_time?: string | undefined;
  /** From the order: distinguishes the talk's errand from others, and shows the usual half of the day. */
  request: {
    service_type: string;
    user_name: string;
    preferred_date?: string | undefined;
    preferred_time?: string | undefined;
    special_requests?: string | undefined;
    acceptable?: Acceptable | undefined;
  };
}

/** Words of the talk that support a finding. `turn` counts the talk's turns from 0. */
export interface Citation {
  /** At most `CITATION_MAX` characters. */
  text: string;
  role: 'agent' | 'business';
  turn: number;
  at_seconds: number | null;
}

/** Reasons why a talk does not support a confirmation. */
export const DOUBTS = [
  /** Only a machine, a menu or a hold line spoke, or nobody answered the agent. */
  'no_person',
  /** The business said nothing that gives the slot. */
  'not_agreed',
  'asked_only',
  'denied',
  'hedged',
  'tentative',
  'conditional',
  'waiting_list',
  /** Another call, or another person's decision, must come first. */
  'call_back',
  /** To be booked elsewhere: a web page, a form, another number. */
  'elsewhere',
  'moved',
  'taken_back',
  /** More than one slot was left open. */
  'two_slots',
  /** Given for something or somebody else. */
  'other_errand',
  'not_meant',
  /** The rules read it as given, but the talk as a whole does not sound so. */
  'unconvincing',
  'other_day',
  'other_hour',
  'day_unclear',
  'hour_unclear',
  'weekday_mismatch',
  'day_past',
  'day_too_far',
  /** The report's own day or time cannot be used. */
  'report_unclear',
  /** Not one of the appointments that the order accepts. */
  'not_acceptable',
  /** The agent's report and the provider's analysis of the talk differ. */
  'analysis_differs',
] as const;
export type DoubtCode = (typeof DOUBTS)[number];

export interface Doubt {
  code: DoubtCode;
  /** The decisive words, the weightiest first; at most three. */
  cites: Citation[];
}

/** A day or an hour that was agreed, with all readings of its words (ISO dates; HH:MM), most likely first. */
export interface Agreed extends Citation {
  values: string[];
}

/** The business's voices in a talk in which an automaton was heard. */
export interface Voices {
  /** The last automaton that was heard, and its turn. */
  automaton: Automaton;
  turn: number;
  /** Every word of the business was an automaton's. */
  only?: true | undefined;
  /** Number of turns after the automaton's that answer the agent in words that no automaton says; absent: none. */
  answers?: number | undefined;
}

/** The reading of a talk about the appointment. Of the talk's words it has only citations, so the workflow may store it. */
export interface TalkFinding {
  called_on: string;
  /** HH:MM: an hour of the day of the call may be past. */
  called_time?: string | undefined;
  /** False: no word of the business is in a language that is read. Then the other fields are empty. */
  readable: boolean;
  /** The last state of the agreement. */
  date?: Agreed | undefined;
  time?: Agreed | undefined;
  /** The business's words that gave the slot or agreed to it; absent when there are none. */
  agreement?: Citation | undefined;
  /** `stated`: the business itself said day and time; `agreed`: the agent said part of it. */
  level?: 'stated' | 'agreed' | undefined;
  /** Doubts, the weightiest first; empty when the slot is given. */
  doubts: Doubt[];
  /** Present when an automaton was heard. */
  voices?: Voices | undefined;
  /** Without an agreement: somebody answered the agent with a request to wait, which no automaton is known to say. */
  asked_to_wait?: true | undefined;
}

export const CITATION_MAX = 160;
