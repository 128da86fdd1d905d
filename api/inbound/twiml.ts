import twilio from 'twilio';
import { wordsFor } from '../../domain/inbound-words.ts';
import type { Spoken } from '../../domain/prompts.ts';
import { TWILIO_RETRIES } from '../../providers/twilio/voice.ts';

const { VoiceResponse } = twilio.twiml;

const VOICE = { es: 'es-MX', en: 'en-US' } as const;
/** Time for an answer after the question, in seconds. */
const ANSWER_SECONDS = 6;
/** The pause between two looks at a leg of ours that has to end first, in seconds. */
const LOOK_AGAIN_SECONDS = 2;

const PAGE = '/webhook/voice/inbound';

/** Where Twilio brings a stranger's answer. `asked`: how often the question was put. */
const answerUrl = (publicUrl: string, asked: number): string =>
  `${publicUrl}${PAGE}/answer?asked=${asked}${TWILIO_RETRIES}`;

const waitUrl = (publicUrl: string, waited: number): string => `${publicUrl}${PAGE}?waited=${waited}${TWILIO_RETRIES}`;

/** Tells a stranger who called from this number, and asks whether it wants to be left alone. */
export function strangerTwiml(publicUrl: string, language: Spoken, asked: number): string {
  const { who, choose, bye } = wordsFor(language);
  const say = { language: VOICE[language] };
  const response = new VoiceResponse();
  const gather = response.gather({
    input: ['dtmf', 'speech'],
    numDigits: 1,
    timeout: ANSWER_SECONDS,
    speechTimeout: 'auto',
    language: VOICE[language],
    hints: language === 'es' ? 'no me llamen más, nueve' : 'do not call me again, nine',
    action: answerUrl(publicUrl, asked),
    method: 'POST',
  });
  gather.say(say, asked === 1 ? `${who} ${choose}` : choose);
  response.say(say, bye);
  response.hangup();
  return response.toString();
}

/** One sentence or more, and the end of the call. */
export function lastWordsTwiml(language: Spoken, ...names: (keyof ReturnType<typeof wordsFor>)[]): string {
  const words = wordsFor(language);
  const response = new VoiceResponse();
  response.say({ language: VOICE[language] }, names.map((name) => words[name]).join(' '));
  response.hangup();
  return response.toString();
}

/** Keeps the caller for a moment, then asks again. */
export function waitTwiml(publicUrl: string, language: Spoken, waited: number): string {
  const response = new VoiceResponse();
  if (waited === 0) response.say({ language: VOICE[language] }, wordsFor(language).moment);
  response.pause({ length: LOOK_AGAIN_SECONDS });
  response.redirect({ method: 'POST' }, waitUrl(publicUrl, waited + 1));
  return response.toString();
}
