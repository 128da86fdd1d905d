import type { Behaviour } from './behaviours.ts';
import type { ScenarioOrder } from './scenario.ts';
import type { Language } from './talk/lines.ts';

type Faults = Omit<ScenarioOrder, 'number'>;

/** The callee, by the last two digits of the dialed number. All other numbers answer and book. */
export const CALLEES: Record<string, { callee: Behaviour[]; says: string } & Faults> = {
  '66': { callee: ['hello-first'], says: 'says hello as soon as it has answered, then books' },
  '67': { callee: ['rejects-call'], says: 'declines the call while it rings (SIP 603)' },
  '68': { callee: ['blocked-call'], says: 'its carrier blocks the call (SIP 608)' },
  '70': { callee: ['menu'], says: 'a menu of keys answers; key 1 leads to a person, who books' },
  '71': { callee: ['menu-only'], says: 'a menu of keys answers, and no key leads to a person' },
  '72': { callee: ['hold'], says: 'puts the call on quiet hold for 40 seconds, then books' },
  '73': { callee: ['hold-music'], says: 'puts the call on hold with music for 40 seconds, then books' },
  '74': { callee: ['screener'], says: 'a screening assistant asks who calls and passes it on; a person books' },
  '75': {
    callee: ['screener-declines', 'answer-and-book'],
    says: 'a screening assistant declines once, then answers and books',
  },
  '76': { callee: ['hold-forever'], says: 'puts the call on quiet hold, and nobody comes back' },
  '77': {
    callee: ['call-me-at', 'answer-and-book'],
    says: 'asks to be called in a minute or two, at a time that it names; answers and books then',
  },
  '79': {
    callee: ['no-answer', 'answer-and-book'],
    rings_back_ms: 8000,
    says: 'does not answer; rings back after 8 seconds, and books',
  },
  '82': { callee: ['says-bye'], says: 'offers a slot, only says goodbye; the analysis says it was given' },
  '83': { callee: ['hedges'], says: 'hedges ("I think so"), yet the agent reports a confirmation' },
  '84': { callee: ['takes-back'], says: 'books and takes it back at once; the agent reports a confirmation' },
  '85': { callee: ['other-hour'], says: 'answers and books, and the agent reports another hour' },
  '86': { callee: ['no-answer', 'answer-and-book'], says: 'does not answer once, then answers and books' },
  '87': { callee: ['voicemail', 'answer-and-book'], says: 'voicemail once, then answers and books' },
  '88': { callee: ['busy', 'answer-and-book'], says: 'busy once, then answers and books' },
  '89': { callee: ['do-not-call'], says: 'asks never to be called again' },
  '90': { callee: ['silent-line'], says: 'nobody speaks, yet the agent reports a confirmation' },
  '91': { callee: ['answer-and-decline'], says: 'declines' },
  '92': { callee: ['no-availability'], says: 'has no appointment left' },
  '93': { callee: ['busy'], says: 'busy' },
  '94': { callee: ['no-answer'], says: 'does not answer' },
  '95': { callee: ['voicemail'], says: 'voicemail' },
  '96': { callee: ['invalid'], says: 'no valid number (Twilio 21211)' },
  '97': { callee: ['hangup-midcall'], says: 'hangs up in mid-talk' },
  '98': { callee: ['callback'], says: 'will call back' },
  '99': { callee: ['wrong-number'], says: 'wrong number' },
};

/** Faults of the providers, by the two digits before them. All others: none. */
export const FAULTS: Record<string, { faults: Faults; says: string }> = {
  '10': { faults: { native: ['503'] }, says: 'A answers 503' },
  '20': { faults: { native: ['403'], twilio_create: ['21216'] }, says: 'A and B refuse (403, 21216)' },
  '25': { faults: { native: ['503'], twilio_create: ['503'] }, says: 'A and B answer 503' },
  '30': { faults: { native: ['silent'] }, says: 'A accepts, but all its webhooks are lost' },
  '40': { faults: { native: ['dial-then-drop-response'] }, says: 'A dials, and its answer is lost' },
  '50': { faults: { native: ['403'], twilio_create: ['lost'] }, says: 'A refuses; B dials, and its answer is lost' },
  '55': { faults: { native: ['403'], stream_drops: 1 }, says: 'A refuses; on B the audio stream is cut once' },
  '56': { faults: { native: ['403'], format: 'pcm_16000' }, says: 'A refuses; on B the agent speaks PCM at 16 kHz' },
  '57': { faults: { native: ['403'], callbacks: 'missing' }, says: 'A refuses; on B no status callback arrives' },
  '60': { faults: { native: ['success-false'] }, says: 'A answers 200 with success: false' },
  '65': {
    faults: { native: ['403'], register: ['503'] },
    says: 'A refuses; R is not registered (503): our bridge carries it',
  },
  '66': {
    faults: { native: ['403'], register: ['hang'] },
    says: 'A refuses; R is not registered (no answer): our bridge carries it',
  },
  '70': { faults: { report: 'lost' }, says: 'the report never arrives, only the transcript has it' },
  '80': { faults: { native: ['429', 'ok'] }, says: 'A answers 429 once' },
};

/** Language in which the callee begins. */
export const languageOf = (number: string): Language => (/^\+(1|44|61|64|353)/.test(number) ? 'en' : 'es');

const ZONES: [prefix: RegExp, zone: string][] = [
  [/^\+54/, 'America/Argentina/Buenos_Aires'],
  [/^\+34/, 'Europe/Madrid'],
  [/^\+44/, 'Europe/London'],
  [/^\+1/, 'America/New_York'],
];

/** The first full minute at least so long from now, HH:MM, by the clock of the number's country. */
export function minuteAfter(number: string, ms: number, now: number): string {
  const timeZone = ZONES.find(([prefix]) => prefix.test(number))?.[1] ?? 'UTC';
  const at = Math.ceil((now + ms) / 60_000) * 60_000;
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
}

/** The documented world of a number: +54 11 4321 FFCC, with FF for the fault and CC for the callee. */
export function worldOf(number: string): Faults {
  const digits = number.replace(/\D/g, '');
  const { says: _, ...business } = CALLEES[digits.slice(-2)] ?? { says: '' };
  return { ...FAULTS[digits.slice(-4, -2)]?.faults, ...business };
}
