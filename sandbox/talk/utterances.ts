import { FIRST_HOUR, type HALVES, LANGUAGES, LAST_HOUR, type Language, MINUTES, type Speaker } from './lines.ts';
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
  clips: string[];
  text: string;
}

const halfOf = (hour: number): keyof typeof HALVES => (hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening');

function slotClips(language: Language, { day, time }: Slot): string[] {
  const [hour, minute] = time.split(':') as [string, string];
  return [
    `day-${day}`,
    `hour-${Number(hour)}`,
    ...(minute === '00' ? [] : [`minute-${minute}`]),
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

export const soundOfUtterance = ({ language, speaker, gist, clips }: Utterance, pace: number): Int16Array =>
  gist === MUSIC.gist ? tune(pace) : soundOf(language, speaker, clips, pace);

const PLAIN: Record<Speaker, string[]> = {
  agent: ['intro', 'thanks', 'understood', 'await-call', 'sorry-wrong', 'sorry-never', 'repeat', 'hello', 'reason'],
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
