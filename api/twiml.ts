import twilio from 'twilio';
import { TWILIO_RETRIES } from '../providers/twilio/voice.ts';

const { VoiceResponse } = twilio.twiml;

/** Said when nobody can talk to the callee: short, and never silence. */
const APOLOGIES = {
  es: { voice: 'es-MX', text: 'Disculpe, tuvimos un problema técnico con esta llamada. Que tenga un buen día.' },
  en: { voice: 'en-US', text: 'Sorry, we had a technical problem with this call. Have a good day.' },
} as const;

/** Where Twilio asks again after `resume` streams of a call. */
export const resumeUrl = (publicUrl: string, callId: string, resume: number): string =>
  `${publicUrl}/webhook/voice/outbound?call_id=${callId}&resume=${resume}${TWILIO_RETRIES}`;

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

/** Somebody else's document, and our page after all that it does, if the call still lives then. */
export function thenAskAgain(twiml: string, resumeAt: string): string {
  const own = new VoiceResponse();
  own.redirect({ method: 'POST' }, resumeAt);
  const [verb] = /<Redirect.*<\/Redirect>/.exec(own.toString())!;
  const end = twiml.lastIndexOf('</Response>');
  return twiml.slice(0, end) + verb + twiml.slice(end);
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
