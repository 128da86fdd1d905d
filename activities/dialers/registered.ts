import { type Dialer, notConfigured } from './dialer.ts';

/**
 * We place the call at Twilio. When it is answered, ElevenLabs says where its sound goes; where it does not in time, our bridge takes the
 * same call. Without a bridge it is dialed too: then a call that ElevenLabs does not take ends in an apology.
 */
export const registered: Dialer = {
  async prepare({ twilio, elevenlabs }, dial) {
    if (!twilio) return notConfigured('Twilio');
    return elevenlabs ? { dial: () => twilio.dial(dial) } : notConfigured('ElevenLabs');
  },
};
