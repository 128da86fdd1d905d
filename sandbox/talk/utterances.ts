import {
  FIRST_HOUR,
  type HALVES,
  LANGUAGES,
  LAST_HOUR,
  type Language,
  MINUTES,
  minuteClips,
  type Speaker,
} from './lines.ts';
import { soundOf, textOf } from './speech.ts';
import { tune } from './tune.ts';

/** A day of the week (0 is Sunday) and a time (`HH:MM`), as spoken on the phone. */
export interface Slot {
  day: number;
  time: string;
}

/** One utterance: its gist, its words, and its clips. */
export interface Utterance {
  language: Language;
  speaker: Speaker;
  gist: string;
  slot?: Slot;
  /** A time of the clock alone, HH:MM. */
  time?: string;
  clips: string[];
  text: string;
}

const halfOf = (hour: number): keyof typeof HALVES => (hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening');

const slotClips = (language: Language, { day, time }: Slot): string[] => [`day-${day}`, ...timeClips(language, time)];

function timeClips(language: Language, time: string): string[] {
  const [hour, minute] = time.split(':') as [string, string];
  return [
    `hour-${Number(hour)}`,
    ...(minute === '00' ? [] : minuteClips(language, Number(minute))),
    ...(language === 'en' ? [`half-${halfOf(Number(hour))}`] : []),
  ];
}

/** True when the voices have words for a time: quarter hours from 08:00 to 20:45. */
export function sayable(time: string): boolean {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  if (!match) return false;
  const hour = Number(match[1]);
  return hour >= FIRST_HOUR && hour <= LAST_HOUR && (match[2] === '00' || match[2]! in MINUTES);
}

/** Builds an utterance: a gist without a slot is a clip's name; `offer` and `agree` need a slot. */
export function say(language: Language, speaker: Speaker, gist: string, slot?: Slot): Utterance {
  const clips = slot ? [gist, ...slotClips(language, slot), `${gist}-tail`] : [gist];
  return { language, speaker, gist, ...(slot && { slot }), clips, text: textOf(language, speaker, clips) };
}

/** Waiting music: heard like an utterance, and without words. */
const MUSIC: Utterance = { language: 'es', speaker: 'business', gist: 'music', clips: [], text: '' };

function callMe(language: Language, time: string): Utterance {
  const clips = ['call-me', ...timeClips(language, time)];
  return { language, speaker: 'business', gist: 'call-me', time, clips, text: textOf(language, 'business', clips) };
}

/** Times of day are too many for a listener's vocabulary: it knows those that were said lately, and the minutes around them. */
const lately = new Map<string, Utterance>();
const MAX_LATELY = 60;
const AROUND = [-2, -1, 0, 1, 2];

const minutesLater = (time: string, minutes: number): string => {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const at = (hour * 60 + minute + minutes + 1440) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
};

/** The business asks to be called at a time, HH:MM. */
export function sayCallMe(language: Language, time: string): Utterance {
  for (const minutes of AROUND) {
    const utterance = callMe(language, minutesLater(time, minutes));
    lately.delete(utterance.text);
    lately.set(utterance.text, utterance);
  }
  for (const text of [...lately.keys()].slice(0, -MAX_LATELY)) lately.delete(text);
  return callMe(language, time);
}

export const saidLately = (speaker: Speaker): Utterance[] => (speaker === 'business' ? [...lately.values()] : []);

export const soundOfUtterance = ({ language, speaker, gist, clips }: Utterance, pace: number): Int16Array =>
  gist === MUSIC.gist ? tune(pace) : soundOf(language, speaker, clips, pace);

const PLAIN: Record<Speaker, string[]> = {
  agent: [
    'intro',
    'as-asked',
    'thanks',
    'understood',
    'await-call',
    'will-call',
    'not-that',
    'sorry-wrong',
    'sorry-never',
    'repeat',
    'hello',
    'reason',
  ],
  business: [
    'greet',
    'booked',
    'hedge',
    'take-back',
    'decline',
    'full',
    'call-you',
    'wrong',
    'never',
    'moment',
    'machine',
    'repeat',
    'bye',
    'menu',
    'screen',
    'screen-wait',
    'screen-no',
  ],
};

function* slots(): Generator<Slot> {
  for (let day = 0; day < 7; day++)
    for (let hour = FIRST_HOUR; hour <= LAST_HOUR; hour++)
      for (const minute of ['00', ...Object.keys(MINUTES)])
        yield { day, time: `${String(hour).padStart(2, '0')}:${minute}` };
}

/** All utterances that a speaker could say, in any language: the candidates of a listener. */
export function vocabulary(speaker: Speaker): Utterance[] {
  const gist = speaker === 'agent' ? 'agree' : 'offer';
  const words = LANGUAGES.flatMap((language) => [
    ...PLAIN[speaker].map((name) => say(language, speaker, name)),
    ...Array.from(slots(), (slot) => say(language, speaker, gist, slot)),
  ]);
  return speaker === 'business' ? [...words, MUSIC] : words;
}
