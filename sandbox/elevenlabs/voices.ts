import { audioFormat, joined, RATE, toBytes, wavFile } from '../audio/formats.ts';
import { mp3 } from '../audio/recording.ts';
import { type Answer, type Ask, jsonBody, media } from '../http.ts';
import type { Speaker } from '../talk/lines.ts';
import { say, soundOfUtterance, vocabulary } from '../talk/utterances.ts';
import { record } from './conversation.ts';
import { invalid } from './errors.ts';

/** Maximum of characters in one dialogue request. */
const MAX_CHARACTERS = 2000;
/** Speaking time of one character. */
const CHARACTER_MS = 65;
const BETWEEN = new Int16Array(RATE * 0.35);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/**
 * Text in a voice. The sandbox has recordings only of the lines of its talks. Any other text is replaced by the voice's longest lines,
 * cut to the approximate duration of the text.
 */
function voiced(speaker: Speaker, text: string): Int16Array {
  const known = vocabulary(speaker).find((utterance) => plain(utterance.text) === plain(text));
  if (known) return soundOfUtterance(known, 1);
  const ms = Math.max(600, text.length * CHARACTER_MS);
  const own = soundOfUtterance(say('es', speaker, speaker === 'agent' ? 'intro' : 'machine'), 1);
  const needed = Math.ceil(((ms / 1000) * RATE) / own.length);
  return joined(Array<Int16Array>(needed).fill(own)).subarray(0, (ms / 1000) * RATE);
}

/** The voice of an id: the first one of a dialogue is the caller's unless the ids say otherwise. */
const speakerOf = (voice: string, first: string): Speaker =>
  /recep|business/i.test(voice) || (voice !== first && !/vocero/i.test(voice)) ? 'business' : 'agent';

async function encoded(samples: Int16Array, ask: Ask): Promise<Answer> {
  const wanted = ask.query.get('output_format') ?? 'mp3_44100_128';
  if (/^mp3_\d+_\d+$/.test(wanted)) return media('audio/mpeg', await mp3(samples));
  const [kind = '', rate = ''] = wanted.split('_');
  if (kind === 'wav') {
    const format = { name: wanted, rate: Math.min(48_000, Math.max(RATE, Number(rate) || RATE)), pcm: true };
    return media('audio/wav', wavFile(toBytes(samples, format), format));
  }
  const format = audioFormat(wanted);
  if (!format) return invalid(['query', 'output_format'], 'Input should be a supported output format', 'enum');
  return media('application/octet-stream', toBytes(samples, format));
}

/** `POST text-to-dialogue` (also `/stream`): several voices, one recording. */
export async function textToDialogue(ask: Ask): Promise<Answer> {
  const body = jsonBody(ask);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  if (!Array.isArray(body.inputs) || body.inputs.length === 0) return invalid(['body', 'inputs']);
  const inputs = body.inputs.map(record);
  for (const [i, input] of inputs.entries())
    for (const name of ['text', 'voice_id'])
      if (typeof input[name] !== 'string') return invalid(['body', 'inputs', i, name]);
  const characters = inputs.reduce((sum, input) => sum + String(input.text).length, 0);
  if (characters > MAX_CHARACTERS)
    return invalid(['body', 'inputs'], `Total text length must not exceed ${MAX_CHARACTERS} characters`, 'value_error');
  if (new Set(inputs.map((input) => input.voice_id)).size > 10)
    return invalid(['body', 'inputs'], 'At most 10 unique voices', 'value_error');
  const first = String(inputs[0]!.voice_id);
  const parts = inputs.flatMap((input) => [
    voiced(speakerOf(String(input.voice_id), first), String(input.text)),
    BETWEEN,
  ]);
  return encoded(joined(parts), ask);
}

/** `POST text-to-speech/{voice}` (also `/stream`). */
export async function textToSpeech(ask: Ask): Promise<Answer> {
  const body = jsonBody(ask);
  if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
  if (typeof body.text !== 'string' || !body.text) return invalid(['body', 'text']);
  if (body.text.length > 5000) return invalid(['body', 'text'], 'Text is too long', 'value_error');
  const voice = ask.params.voice ?? '';
  return encoded(voiced(speakerOf(voice, voice), body.text), ask);
}
