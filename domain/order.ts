import type { Acceptable } from './acceptable.ts';
import type { Accounts } from './accounts.ts';
import type { Channel, PhoneChannel, PhonePolicy } from './channels.ts';
import type { DialQueues } from './earlier.ts';
import type { Parented } from './parent.ts';
import type { Weekday } from './weekday.ts';

/** Read a phone channel's policy with `policyOf`: an order may be older than the channel. */
export type Escalation = Partial<Record<PhoneChannel, PhonePolicy>> & {
  simulation: { enabled: boolean; scenario?: string | undefined };
  /** Read it with `callbackPolicyOf`: an order may be older, or not name it. */
  callback?: CallbackPolicy | undefined;
};

/** Whether and how long after its talk a business is called at the time that it asked for. */
export interface CallbackPolicy {
  enabled: boolean;
  max_callbacks: number;
  within_hours: number;
}

/** The person's wish, and the source of the agents' dynamic variables. */
export interface BookingWish {
  service_type: string;
  preferred_date?: string | undefined;
  /**
   * The day, ISO date, that `preferred_date` meant at the business when the booking was placed; null: its words mean no single day. Absent
   * in older bookings.
   */
  preferred_day?: string | null | undefined;
  preferred_time?: string | undefined;
  user_name: string;
  special_requests?: string | undefined;
  /** The appointments that may be taken; absent: any. */
  acceptable?: Acceptable | undefined;
}

/** Hours in which a business is open, on its own clock: `HH:MM`, `to` exclusive and at most `24:00`. */
export interface OpeningHours {
  days: Weekday[];
  from: string;
  to: string;
}

/** A booking as it was accepted: checked, with its defaults filled in. */
export interface BookingOrder extends Parented {
  id: string;
  /** The batch that it is a row of. */
  batch?: { id: string; key: string } | undefined;
  business: {
    name: string;
    phone: string;
    timezone?: string | undefined;
    /** A dial needs these hours and the calling window. Absent: the calling window alone. */
    opening_hours?: OpeningHours[] | undefined;
  };
  request: BookingWish;
  language?: string | undefined;
  agent?: { prompt?: string | undefined; first_message?: string | undefined } | undefined;
  escalation: Escalation;
  callback_url?: string | undefined;
  metadata: Record<string, string>;
  /** No dial before, or after, this instant; ISO 8601, UTC. */
  not_before?: string | undefined;
  not_after?: string | undefined;
  /** IANA zones of the number: a call is allowed only while the calling window is open in all of them. */
  zones: string[];
  /** ISO 8601, UTC. */
  created_at: string;
}

/** A time of day in minutes after midnight. `to` is exclusive, at most 1440. */
export interface Period {
  from: number;
  to: number;
}

/**
 * Hours in which a business may be called, in its local time: the same every day, or by `week`, Monday first. Earlier windows have only
 * `from` and `to`; beside a week these span all its hours.
 */
export interface CallingWindow extends Period {
  week?: Period[][] | undefined;
  /** ISO dates on which nobody is called: public holidays of this business. */
  closed_days?: string[] | undefined;
}

/** Whether businesses are called on the public holidays of their country or region. */
export const HOLIDAY_POLICIES = ['call', 'skip'] as const;
export type HolidayPolicy = (typeof HOLIDAY_POLICIES)[number];

/** Whether an appointment without a transcript may be confirmed. */
export const PROOF_POLICIES = ['transcript', 'always'] as const;
export type ProofPolicy = (typeof PROOF_POLICIES)[number];

/** Settings of the installation for an order, frozen into the workflow's input when the booking is accepted. */
export interface BookingSettings {
  reconcile_seconds: number;
  settle_seconds: number;
  /** The window at the acceptance. Each dial is checked against the present one, and a difference is passed to the workflow. */
  calling_window: CallingWindow;
  /** Channels that this installation can use at all. */
  available: Channel[];
  /** Everything that the sandbox makes is a simulation, on every channel. */
  sandbox: boolean;
  /** Id of the line of the business's number: `line-` and a keyed hash of it. */
  line_id: string;
  /** Task queues of the dials, each with its provider's rate limit. */
  dial_queues: DialQueues;
  /**
   * Task queue for work that must not wait behind slow work: hanging up and watching. Absent in older bookings: the workflow's own queue.
   */
  calls_queue?: string | undefined;
  /** `always`: a confirmation needs a transcript, or the provider's analysis. Absent in older bookings: `transcript`. */
  require_proof?: ProofPolicy | undefined;
  /** Mode and accounts of the booking; absent in older bookings. */
  accounts?: Accounts | undefined;
}

/** The only argument of the workflow `bookAppointment`. */
export interface BookingInput {
  order: BookingOrder;
  settings: BookingSettings;
}
