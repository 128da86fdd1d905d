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

export const PROVIDERS = ['twilio', 'elevenlabs'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * The provider that a dial is asked of, whose circuit it depends on. A native call needs Twilio too, but ElevenLabs reaches it over a way
 * of its own; and that A fails at ElevenLabs is what B is there for.
 */
export const DIALED_AT: Record<PhoneChannel, Provider> = { native: 'elevenlabs', bridge: 'twilio' };
