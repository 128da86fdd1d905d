/**
 * A minute that sounds roughly like someone talking: pulses of a wandering pitch through three formants, some breath,
 * syllables and pauses. Loudness is a phone call's, so that the tables are used where speech uses them.
 */
export function voice(rate: number, seconds: number): Int16Array {
  const samples = new Int16Array(rate * seconds);
  const formants = [resonator(rate), resonator(rate), resonator(rate)];
  const random = noise();
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const t = i / rate;
    const pitch = 150 + 50 * Math.sin(2 * Math.PI * 0.4 * t) + 8 * Math.sin(2 * Math.PI * 5 * t);
    phase += pitch / rate;
    const pulse = phase >= 1 ? 1 : 0;
    phase -= pulse;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3.7 * t)) * (t % 7 < 5 ? 1 : 0);
    const source = syllable * (pulse * Math.sqrt(rate / 8000) + 0.02 * random());
    const vowel = Math.sin(2 * Math.PI * 1.3 * t);
    let sound = 4 * random();
    sound += 3000 * formants[0]!(source, 500 + 200 * vowel);
    sound += 1500 * formants[1]!(source, 1500 + 500 * vowel);
    sound += 800 * formants[2]!(source, 2600 + 300 * vowel);
    samples[i] = Math.max(-32_768, Math.min(32_767, Math.round(sound)));
  }
  return samples;
}

/** A two-pole resonator of 100 Hz width. */
function resonator(rate: number): (input: number, hz: number) => number {
  const radius = Math.exp((-Math.PI * 100) / rate);
  let last = 0;
  let before = 0;
  return (input, hz) => {
    const out = input + 2 * radius * Math.cos((2 * Math.PI * hz) / rate) * last - radius * radius * before;
    before = last;
    last = out;
    return out * (8000 / rate);
  };
}

/** The same numbers on every run (xorshift), from -1 to 1. */
function noise(): () => number {
  let state = 0x1234_5678;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 0x8000_0000;
  };
}
