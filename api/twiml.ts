import twilio from 'twilio';

const { VoiceResponse } = twilio.twiml;

/** Said when nobody can talk to the callee: short, and never silence. */
const APOLOGIES = {
  es: { voice: 'es-MX', text: 'Disculpe, tuvimos un problema técnico con esta llamada. Que tenga un buen día.' },
  en: { voice: 'en-US', text: 'Sorry, we had a technical problem with this call. Have a good day.' },
} as const;

/**
 * Joins the call to our stream and, when the stream ends while the call lives, asks here again. The token travels as a
 * parameter because Twilio strips query strings from stream URLs.
 */
export function connectTwiml(options: { streamUrl: string; token: string; resumeUrl: string }): string {
  const response = new VoiceResponse();
  response.connect().stream({ url: options.streamUrl }).parameter({ name: 'token', value: options.token });
  response.redirect({ method: 'POST' }, options.resumeUrl);
  return response.toString();
}

export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** In the booking's language when we speak it, else in Spanish. */
export function apologyTwiml(language: string | undefined): string {
  const { voice, text } = language?.startsWith('en') ? APOLOGIES.en : APOLOGIES.es;
  const response = new VoiceResponse();
  response.say({ language: voice }, text);
  response.hangup();
  return response.toString();
}
