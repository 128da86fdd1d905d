import type { Channel } from './channels.ts';

/** Seconds and minutes that providers charge for. */
export interface Usage {
  /** Calls that were answered. */
  answered: number;
  /** Seconds of talk, from the answer to the end. */
  talk_seconds: number;
  /** Begun minutes of each answered call: telephony is charged by them. */
  phone_minutes: number;
  /** Seconds of the agent's conversations. */
  agent_seconds: number;
}

/** Prices for a minute: of telephony at Twilio, and of a conversation at ElevenLabs. */
export interface Rates {
  /** ISO 4217. */
  currency: string;
  twilio: number;
  elevenlabs: number;
}

export const NO_USAGE: Usage = { answered: 0, talk_seconds: 0, phone_minutes: 0, agent_seconds: 0 };

/** The used part of an attempt in the shape of the API. */
interface Spent {
  channel: Channel;
  status: string;
  duration_seconds: number | null;
}

/** Talk for a shorter time than this marks a number as one that bothers people. */
export const SHORT_SECONDS = 6;

/** Whether somebody or something answered the call. */
export const wasAnswered = ({ status, duration_seconds }: Pick<Spent, 'status' | 'duration_seconds'>): boolean =>
  duration_seconds !== null && (duration_seconds > 0 || status === 'completed');

/** Answered, and over at once: carriers' analytics count such calls against a number. */
export const isShort = (attempt: Spent): boolean =>
  attempt.channel !== 'simulation' && wasAnswered(attempt) && (attempt.duration_seconds ?? 0) < SHORT_SECONDS;

/** A simulation is a conversation of two agents, and no call. */
export function usageOfAttempt(attempt: Spent): Usage {
  const seconds = Math.round(attempt.duration_seconds ?? 0);
  if (attempt.channel === 'simulation') return { ...NO_USAGE, agent_seconds: 2 * seconds };
  if (!wasAnswered(attempt)) return NO_USAGE;
  return { answered: 1, talk_seconds: seconds, phone_minutes: Math.ceil(seconds / 60), agent_seconds: seconds };
}

export const sumOf = (all: readonly Usage[]): Usage =>
  all.reduce(
    (sum, one) => ({
      answered: sum.answered + one.answered,
      talk_seconds: sum.talk_seconds + one.talk_seconds,
      phone_minutes: sum.phone_minutes + one.phone_minutes,
      agent_seconds: sum.agent_seconds + one.agent_seconds,
    }),
    NO_USAGE,
  );

/** An estimate by the rates, for each provider, in the rates' currency. */
export const costOf = (
  { phone_minutes, agent_seconds }: Pick<Usage, 'phone_minutes' | 'agent_seconds'>,
  { twilio, elevenlabs }: Rates,
): { twilio: number; elevenlabs: number } => ({
  twilio: phone_minutes * twilio,
  elevenlabs: (agent_seconds / 60) * elevenlabs,
});
