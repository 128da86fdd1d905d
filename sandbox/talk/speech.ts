import { readFileSync } from 'node:fs';
import { joined, RATE, resample } from '../audio/formats.ts';
import { decodeMulaw } from '../audio/mulaw.ts';
import { CLIPS, type Language, type Speaker } from './lines.ts';

const FOLDER = new URL('../speech/', import.meta.url);
/** Silence between the clips of one utterance; shorter than any pause that ends a turn. */
const JOIN = new Int16Array(RATE * 0.06);

const recorded = new Map<string, Int16Array>();
/** Key of a clip: its file's path without the extension. */
const keyOf = (language: Language, speaker: Speaker, name: string): string => `${language}/${speaker}-${name}`;
const texts = new Map(CLIPS.map(({ language, speaker, name, text }) => [keyOf(language, speaker, name), text]));

function clip(key: string): Int16Array {
  let samples = recorded.get(key);
  if (!samples) {
    const file = readFileSync(new URL(`${key}.wav`, FOLDER));
    const data = file.indexOf('data', 12, 'latin1');
    samples = decodeMulaw(file.subarray(data + 8, data + 8 + file.readUInt32LE(data + 4)));
    recorded.set(key, samples);
  }
  return samples;
}

/** The text of one utterance: names of clips, in order. A clip that starts a sentence ends the one before it. */
export function textOf(language: Language, speaker: Speaker, clips: string[]): string {
  const begins = (part: string): boolean => /^[¿\p{Lu}]/u.test(part);
  return clips
    .map((name) => texts.get(keyOf(language, speaker, name))!)
    .reduce((said, part) => `${said}${begins(part) && !/[.?]$/.test(said) ? '.' : ''} ${part}`);
}

/** The sound of an utterance, 8 kHz; `pace` 2 is twice as fast (and as high). */
export function soundOf(language: Language, speaker: Speaker, clips: string[], pace: number): Int16Array {
  const parts = clips.flatMap((name, i) => {
    const said = clip(keyOf(language, speaker, name));
    return i > 0 ? [JOIN, said] : [said];
  });
  const out = joined(parts);
  return pace === 1 ? out : resample(out, RATE * pace, RATE);
}

/** The tone of an answering machine: 8 kHz. */
export function beep(ms: number): Int16Array {
  return Int16Array.from({ length: (ms / 1000) * RATE }, (_, i) => 7000 * Math.sin((2 * Math.PI * 1000 * i) / RATE));
}
