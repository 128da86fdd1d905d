import { type Dialer, notConfigured } from './dialer.ts';

/** ElevenLabs places the call through its own Twilio integration. */
export const native: Dialer = {
  async prepare({ elevenlabs }, dial) {
    return elevenlabs ? { dial: () => elevenlabs.dial(dial) } : notConfigured('ElevenLabs');
  },
};
