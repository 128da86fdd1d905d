export const PROVIDERS = ['twilio', 'elevenlabs'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Who carries the sound of a call. */
export type Media = 'provider' | 'bridge';

/** How one phone channel may be used. Seconds as the contract gives them. */
export interface PhonePolicy {
  enabled: boolean;
  budget_seconds: number;
  max_attempts: number;
  redial_delay_seconds: number;
  ring_seconds: number;
  max_call_seconds: number;
}

/** Everything in which one way to ring a phone differs from another. */
interface PhoneChannelSpec {
  /** Its place in the escalation, as people call it. */
  letter: string;
  title: string;
  /** What it is, in half a sentence. */
  about: string;
  /**
   * The provider that a dial is asked of: whose task queue, rate and circuit it takes. A native call needs Twilio too, but ElevenLabs
   * reaches it over a way of its own; and that A fails at ElevenLabs is what B is there for.
   */
  dialedAt: Provider;
  /** What must be asked before a lost dial counts as "never happened": everybody without whom there is no such call. */
  deniedBy: readonly Provider[];
  /**
   * Places among the calls that a provider's account may have at once. ElevenLabs counts conversations. It places native calls over the
   * account's own number, so Twilio counts them as well.
   */
  takes: Readonly<Partial<Record<Provider, number>>>;
  media: Media;
  /** Where the provider does not take the sound in time, our bridge carries the same call: nobody is rung again for it. */
  fallsBack: boolean;
  /** The agent's socket may be opened by us while the phone rings. */
  warmsAgent: boolean;
  /** The policy of an order that says nothing of this channel. */
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
    about: 'our call with the provider’s sound',
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

/** The ways to ring a phone. */
export type PhoneChannel = keyof typeof TABLE;
export const PHONE: Readonly<Record<PhoneChannel, PhoneChannelSpec>> = TABLE;
export const PHONE_CHANNELS = Object.keys(PHONE) as [PhoneChannel, ...PhoneChannel[]];

/** One of each for every phone channel, in their order. */
export const byPhoneChannel = <T>(of: (channel: PhoneChannel) => T): Record<PhoneChannel, T> =>
  Object.fromEntries(PHONE_CHANNELS.map((channel) => [channel, of(channel)])) as Record<PhoneChannel, T>;

/** The ways a booking can be attempted, in the order of escalation. */
export type Channel = PhoneChannel | 'simulation';
export const CHANNELS: [Channel, ...Channel[]] = [...PHONE_CHANNELS, 'simulation'];

export const isPhoneChannel = (channel: Channel): channel is PhoneChannel => channel !== 'simulation';

const SIMULATION = { letter: 'C', title: 'simulation' };

/** What a channel is called where operators read of it. */
export const titleOf = (channel: Channel): { letter: string; title: string } =>
  isPhoneChannel(channel) ? PHONE[channel] : SIMULATION;
