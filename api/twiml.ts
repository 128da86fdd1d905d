import twilio from 'twilio';
import { TWILIO_RETRIES } from '../providers/twilio/voice.ts';

const { VoiceResponse } = twilio.twiml;

/** Spoken when no agent can talk to the callee: short, and never silence. */
const APOLOGIES = {
  es: { voice: 'es-MX', text: 'Disculpe, tuvimos un problema técnico con esta llamada. Que tenga un buen día.' },
  en: { voice: 'en-US', text: 'Sorry, we had a technical problem with this call. Have a good day.' },
} as const;

/** URL that Twilio requests after `resume` streams of a call. */
export const resumeUrl = (publicUrl: string, callId: string, resume: number): string =>
  `${publicUrl}/webhook/voice/outbound?call_id=${callId}&resume=${resume}${TWILIO_RETRIES}`;

/**
 * Joins the call to our stream. When the stream ends while the call lives, Twilio asks here again. The token is a parameter because Twilio
 * strips query strings from stream URLs.
 */
export function connectTwiml(options: {
  streamUrl: string;
  token: string;
  resumeUrl: string;
  /** Time of the answer, ms since 1970, for the call's first stream. */
  answered?: number | undefined;
}): string {
  const { streamUrl, token, answered } = options;
  const response = new VoiceResponse();
  const stream = response.connect().stream({ url: streamUrl });
  stream.parameter({ name: 'token', value: token });
  if (answered !== undefined) stream.parameter({ name: 'answered', value: String(answered) });
  response.redirect({ method: 'POST' }, options.resumeUrl);
  return response.toString();
}

/** The other document, followed by a redirect to our page, in case the call is still alive then. */
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

/** In the booking's language if there is a text in it, else in Spanish. */
export function apologyTwiml(language: string | undefined): string {
  const { voice, text } = language?.startsWith('en') ? APOLOGIES.en : APOLOGIES.es;
  const response = new VoiceResponse();
  response.say({ language: voice }, text);
  response.hangup();
  return response.toString();
}
