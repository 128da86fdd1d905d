import { encodeMulaw, SILENCE } from './codec/mulaw.ts';

const RATE = 8000;
/** ITU-T Q.24 asks a receiver for 40 ms; phone menus over packet networks want more. */
const TONE_MS = 120;
const GAP_MS = 100;
const PAUSE_MS = 500;
/** Relative to full scale, for each of the two frequencies: together about -6 dBFS, well below clipping. */
const AMPLITUDE = 0.25 * 32_767;
/** Samples of fade-in and fade-out, so that a tone makes no click. */
const RAMP = 16;

/** ITU-T Q.23: rows and columns of the keypad, in hertz. */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYPAD = ['123A', '456B', '789C', '*0#D'];

/** Keys of one use: keypad characters, and `w` for a pause of half a second. */
export const KEYS = /^[0-9A-D*#w]{1,32}$/;

function tone(key: string): Buffer {
  const row = KEYPAD.findIndex((keys) => keys.includes(key));
  const low = (2 * Math.PI * ROWS[row]!) / RATE;
  const high = (2 * Math.PI * COLUMNS[KEYPAD[row]!.indexOf(key)]!) / RATE;
  const length = (RATE * TONE_MS) / 1000;
  const audio = Buffer.alloc(length);
  for (let i = 0; i < length; i++) {
    const ramp = Math.min(1, (i + 1) / RAMP, (length - i) / RAMP);
    audio[i] = encodeMulaw(Math.round(ramp * AMPLITUDE * (Math.sin(low * i) + Math.sin(high * i))));
  }
  return audio;
}

const silence = (ms: number): Buffer => Buffer.alloc((RATE * ms) / 1000, SILENCE);

/** Sound of pressed keys, as 8 kHz mu-law: media streams cannot carry key presses towards the phone. */
export const touchTones = (keys: string): Buffer =>
  Buffer.concat([...keys].flatMap((key) => (key === 'w' ? [silence(PAUSE_MS)] : [tone(key), silence(GAP_MS)])));
