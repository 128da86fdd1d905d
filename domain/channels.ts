/** The ways a booking can be attempted, in the order of escalation (Option A, B, C). */
export const CHANNELS = ['native', 'bridge', 'simulation'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channels that ring a phone. */
export type PhoneChannel = Exclude<Channel, 'simulation'>;
export const PHONE_CHANNELS: readonly PhoneChannel[] = ['native', 'bridge'];

/**
 * What must be asked before a lost dial counts as "never happened": a native call is placed by ElevenLabs through
 * Twilio, so both must deny it; a bridged call exists only if Twilio has it.
 */
export const DENIED_BY: Record<PhoneChannel, readonly Provider[]> = {
  native: ['elevenlabs', 'twilio'],
  bridge: ['twilio'],
};

export type Provider = 'twilio' | 'elevenlabs';
