export const PROVIDERS = ['twilio', 'elevenlabs'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** The side that carries the audio of a call. */
export type Media = 'provider' | 'bridge';

/** How one phone channel may be used. Times in seconds, as in the API. */
export interface PhonePolicy {
  enabled: boolean;
  budget_seconds: number;
  max_attempts: number;
  redial_delay_seconds: number;
  ring_seconds: number;
  max_call_seconds: number;
}

/** All differences between one phone channel and another. */
interface PhoneChannelSpec {
  /** Its letter in the escalation, as people use it. */
  letter: string;
  title: string;
  /** Short description. */
  about: string;
  /**
   * The provider that receives the dial's request: its task queue, rate and circuit apply. A native call needs Twilio as well, but
   * ElevenLabs reaches Twilio by itself, and when A fails at ElevenLabs, B follows.
   */
  dialedAt: Provider;
  /** Providers that must deny a lost dial before it counts as absent: all those without which the call cannot exist. */
  deniedBy: readonly Provider[];
  /**
   * Slots that a call takes at each provider's account. ElevenLabs counts conversations. It places native calls over the account's own
   * number, so Twilio counts them as well.
   */
  takes: Readonly<Partial<Record<Provider, number>>>;
  media: Media;
  /** If the provider does not take the audio in time, our bridge carries the same call: nobody is called again. */
  fallsBack: boolean;
  /** We may open the agent's socket while the phone rings. */
  warmsAgent: boolean;
  /** The policy of an order that does not name this channel. */
  defaults: PhonePolicy;
}

const CAPS = { ring_seconds: 45, max_call_seconds: 600 } as const;

/** In the order of escalation. */
const TABLE = {
  native: {
    letter: 'A',
    title: 'native call',
    about: 'the provider’s own call',
    dialedAt: 'elevenlabs',
    deniedBy: ['elevenlabs', 'twilio'],
    takes: { twilio: 1, elevenlabs: 1 },
    media: 'provider',
    fallsBack: false,
    warmsAgent: false,
    defaults: { enabled: true, budget_seconds: 900, max_attempts: 2, redial_delay_seconds: 120, ...CAPS },
  },
  registered: {
    letter: 'R',
    title: 'registered call',
    about: 'our call with the provider’s audio',
    dialedAt: 'twilio',
    deniedBy: ['twilio'],
    takes: { twilio: 1, elevenlabs: 1 },
    media: 'provider',
    fallsBack: true,
    warmsAgent: false,
    defaults: { enabled: false, budget_seconds: 3_600, max_attempts: 2, redial_delay_seconds: 300, ...CAPS },
  },
  bridge: {
    letter: 'B',
    title: 'bridge',
    about: 'the call over our bridge',
    dialedAt: 'twilio',
    deniedBy: ['twilio'],
    takes: { twilio: 1, elevenlabs: 1 },
    media: 'bridge',
    fallsBack: false,
    warmsAgent: true,
    defaults: { enabled: true, budget_seconds: 7_200, max_attempts: 3, redial_delay_seconds: 600, ...CAPS },
  },
} as const satisfies Record<string, PhoneChannelSpec>;

/** The channels that place calls. */
export type PhoneChannel = keyof typeof TABLE;
export const PHONE: Readonly<Record<PhoneChannel, PhoneChannelSpec>> = TABLE;
export const PHONE_CHANNELS = Object.keys(PHONE) as [PhoneChannel, ...PhoneChannel[]];

/** One value for every phone channel, in their order. */
export const byPhoneChannel = <T>(of: (channel: PhoneChannel) => T): Record<PhoneChannel, T> =>
  Object.fromEntries(PHONE_CHANNELS.map((channel) => [channel, of(channel)])) as Record<PhoneChannel, T>;

/** All channels of a booking, in the order of escalation. */
export type Channel = PhoneChannel | 'simulation';
export const CHANNELS: [Channel, ...Channel[]] = [...PHONE_CHANNELS, 'simulation'];

export const isPhoneChannel = (channel: Channel): channel is PhoneChannel => channel !== 'simulation';

const SIMULATION = { letter: 'C', title: 'simulation' };

/** Name of a channel for operators. */
export const titleOf = (channel: Channel): { letter: string; title: string } =>
  isPhoneChannel(channel) ? PHONE[channel] : SIMULATION;
