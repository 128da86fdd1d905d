import type { Media } from './channels.ts';

/** ElevenLabs' built-in tool with which an agent stays silent until it is spoken to, or until its wait ends. */
export const WAIT_TOOL = 'skip_turn';

/**
 * The agent's tool for the keys of a menu, by the side that carries the audio. ElevenLabs' own tool plays its tones into audio that
 * ElevenLabs carries; our client tool needs our bridge.
 */
export const KEYS_TOOLS: Readonly<Record<Media, string>> = {
  provider: 'play_keypad_touch_tone',
  bridge: 'press_keys',
};

export const isKeysTool = (name: string | undefined): boolean =>
  Object.values(KEYS_TOOLS).some((tool) => tool === name);

/** Time that an agent waits on hold before it gives up, in seconds, unless `HOLD_SECONDS` says otherwise. */
export const DEFAULT_HOLD_SECONDS = 180;

/**
 * Time after which the provider ends a silent call, in seconds. Longer than a wait on hold: a wait that the agent did not announce by its
 * tool must not be hung up on.
 */
export const silenceSecondsOf = (holdSeconds: number): number => holdSeconds + 30;
