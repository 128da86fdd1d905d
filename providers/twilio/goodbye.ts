import twilio from 'twilio';

const GOODBYES = {
  es: { voice: 'es-MX', text: 'Disculpe, el turno ya quedó resuelto por otro lado. Muchas gracias y buen día.' },
  en: { voice: 'en-US', text: 'Sorry, this has just been settled elsewhere. Thank you, and have a good day.' },
} as const;

/** Spoken to a person whose talk is not needed any more. In the booking's language if there is a text in it, else in Spanish. */
export function goodbyeTwiml(language: string | undefined): string {
  const { voice, text } = language?.startsWith('en') ? GOODBYES.en : GOODBYES.es;
  const response = new twilio.twiml.VoiceResponse();
  response.say({ language: voice }, text);
  response.hangup();
  return response.toString();
}
