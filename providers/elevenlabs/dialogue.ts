import type { Turn } from '../interface.ts';
import { type ElevenLabsConnection, unreachable } from './client.ts';
import { languageCode } from './languages.ts';

/** Reliable limit of characters per request, over all inputs. Source: the SDK's note on text-to-dialogue. */
const MAX_CHARACTERS = 2_000;
const MODEL = 'eleven_v3';
/** Speech synthesis is slow. */
const TIMEOUT_MS = 120_000;

interface Line {
  text: string;
  voiceId: string;
}

/** Cuts a text into pieces of at most `max` characters, at the end of a sentence or a word where possible. */
function pieces(text: string, max: number): string[] {
  const out: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const head = rest.slice(0, max);
    const stop = Math.max(head.lastIndexOf('. '), head.lastIndexOf('? '), head.lastIndexOf('! ')) + 1;
    const cut = stop > 1 ? stop : head.lastIndexOf(' ') > 0 ? head.lastIndexOf(' ') : max;
    out.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest === '' ? out : [...out, rest];
}

/** Groups lines, in order, so that no group exceeds the allowed characters. */
export function chunksOf(lines: readonly Line[], max = MAX_CHARACTERS): Line[][] {
  const chunks: Line[][] = [];
  let size = 0;
  for (const line of lines) {
    for (const text of pieces(line.text, max)) {
      const last = chunks.at(-1);
      if (last && size + text.length <= max) {
        last.push({ text, voiceId: line.voiceId });
        size += text.length;
      } else {
        chunks.push([{ text, voiceId: line.voiceId }]);
        size = text.length;
      }
    }
  }
  return chunks;
}

/** Synthesises a dialogue as one MP3 (MP3 frames of several answers may follow one another). */
export async function voiceDialogue(
  connection: ElevenLabsConnection,
  turns: readonly Turn[],
  language: string,
  voices: { agent: string; business: string },
): Promise<{ content: Uint8Array; content_type: string }> {
  const chunks = chunksOf(turns.map((turn) => ({ text: turn.message, voiceId: voices[turn.role] })));
  const parts: Buffer[] = [];
  try {
    for (const inputs of chunks) {
      const audio = await connection.send(
        'POST',
        'v1/text-to-dialogue?output_format=mp3_44100_128',
        {
          inputs: inputs.map(({ text, voiceId }) => ({ text, voice_id: voiceId })),
          model_id: MODEL,
          language_code: languageCode(language),
        },
        TIMEOUT_MS,
      );
      parts.push(Buffer.from(await audio.arrayBuffer()));
    }
  } catch (error) {
    throw unreachable(error);
  }
  return { content: Buffer.concat(parts), content_type: 'audio/mpeg' };
}
