/** Format of audio on a socket: mono, no header, PCM as 16-bit little-endian. */
export interface AudioFormat {
  name: string;
  encoding: 'ulaw' | 'pcm';
  /** Samples per second. */
  rate: number;
  bytesPerSample: 1 | 2;
}

/** Format of a phone call. */
export const PHONE_AUDIO: AudioFormat = { name: 'ulaw_8000', encoding: 'ulaw', rate: 8000, bytesPerSample: 1 };

const FORMATS: readonly AudioFormat[] = [
  PHONE_AUDIO,
  ...[8000, 16_000, 22_050, 24_000, 44_100, 48_000].map(
    (rate): AudioFormat => ({ name: `pcm_${rate}`, encoding: 'pcm', rate, bytesPerSample: 2 }),
  ),
];

/** The format with ElevenLabs' name for it; undefined: a format that cannot be converted. */
export const audioFormat = (name: string): AudioFormat | undefined => FORMATS.find((format) => format.name === name);

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);
