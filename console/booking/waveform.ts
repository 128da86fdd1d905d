import WaveSurfer from 'wavesurfer.js';
import { type Span, spansOf } from './spoken.ts';

/** Loudness is drawn at this many places. */
const PLACES = 600;

/** The loudest of each stretch, for each side of the talk. */
export function peaksOf(channel: Float32Array, places = PLACES): number[] {
  const stretch = Math.max(1, Math.floor(channel.length / places));
  const peaks: number[] = [];
  for (let from = 0; from < channel.length; from += stretch) {
    let peak = 0;
    for (let i = from; i < Math.min(channel.length, from + stretch); i++) peak = Math.max(peak, Math.abs(channel[i]!));
    peaks.push(peak);
  }
  return peaks;
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws a recording, one lane for each side where it has two. @returns what takes the drawing away again, and when the business speaks. */
export async function drawWaveform(
  container: HTMLElement,
  audio: HTMLAudioElement,
  sound: ArrayBuffer,
): Promise<{ clear: () => void; business: Span[] | undefined }> {
  const decoded = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(sound);
  const sides = Array.from({ length: decoded.numberOfChannels }, (_, n) => peaksOf(decoded.getChannelData(n)));
  const business = sides.length > 1 ? spansOf(decoded.getChannelData(0), decoded.sampleRate) : undefined;
  // Two sides: the business on the left, Vocero on the right. Who calls is drawn on top.
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
