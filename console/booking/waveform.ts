import WaveSurfer from 'wavesurfer.js';
import { peaksOf, type Span, spansOf } from './spoken.ts';

/** Number of points of the drawing. */
const PLACES = 600;

/** The peaks of one side of the talk. */
const lane = (channel: Float32Array): number[] => peaksOf(channel, Math.max(1, Math.floor(channel.length / PLACES)));

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws a recording, one lane for each side if it has two. @returns a function that removes the drawing, and when the business speaks. */
export async function drawWaveform(
  container: HTMLElement,
  audio: HTMLAudioElement,
  sound: ArrayBuffer,
): Promise<{ clear: () => void; business: Span[] | undefined }> {
  const decoded = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(sound);
  const sides = Array.from({ length: decoded.numberOfChannels }, (_, n) => lane(decoded.getChannelData(n)));
  const business = sides.length > 1 ? spansOf(decoded.getChannelData(0), decoded.sampleRate) : undefined;
  // Two sides: the business on the left, Vocero on the right. Vocero is drawn on top.
  const lanes = sides.reverse();
  const paint = (wave: string) => ({ waveColor: colour(wave), progressColor: colour('--wave-done') });
  const [first, second] = [paint('--wave-agent'), paint('--wave-business')];
  const wave = WaveSurfer.create({
    container,
    media: audio,
    peaks: lanes,
    duration: decoded.duration,
    height: lanes.length > 1 ? 36 : 56,
    barWidth: 2,
    barGap: 1,
    barRadius: 1,
    cursorColor: colour('--ink'),
    dragToSeek: true,
    cspNonce: document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '',
    ...first,
    ...(lanes.length > 1 && { splitChannels: [first, second] }),
  });
  return { clear: () => wave.destroy(), business };
}
