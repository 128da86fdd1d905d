import { type Dialer, notConfigured } from './dialer.ts';

/**
 * Places the call at Twilio. When the callee answers, a registration hands the audio to ElevenLabs. If that fails or takes too long, our
 * bridge takes the same call. Without a bridge the call is still placed: a failed registration then ends in a spoken apology.
 */
export const registered: Dialer = {
  async prepare({ twilio, elevenlabs }, dial) {
    if (!twilio) return notConfigured('Twilio');
    return elevenlabs ? { dial: () => twilio.dial(dial) } : notConfigured('ElevenLabs');
  },
};
