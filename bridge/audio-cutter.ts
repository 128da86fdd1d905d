/** Position of the base64 in an audio message. One object is reused for all messages, so that a frame allocates nothing. */
export class AudioCut {
  /** First byte of the base64, and the byte after its last one. */
  start = 0;
  end = 0;
  /** NaN for a message without an id. */
  eventId = Number.NaN;
}

/** Shape of an audio message: `{kindKey: kind, body: {payload: base64, id: 7}}`, each with other plain members. */
interface AudioShape {
  kindKey: string;
  kind: string;
  body: string;
  payload: string;
  id?: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const ZERO = 0x30;
const NINE = 0x39;
const EQUALS = 0x3d;
/** A number of this many digits always fits a safe integer. */
const MAX_DIGITS = 15;

const BASE64 = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') BASE64[char.charCodeAt(0)] = 1;

/**
 * Finds the audio of a message without parsing it. The scan accepts only messages that it understands completely: ASCII JSON without spaces
 * or escapes, every member known to be plain, none twice. Other messages go to the full parser, which reads the same ones and more. Where
 * both accept a message, they find the same audio.
 */
export class AudioCutter {
  readonly #kindKey: Buffer;
  readonly #kind: Buffer;
  readonly #body: Buffer;
  readonly #payload: Buffer;
  readonly #id: Buffer | undefined;
  #message: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(shape: AudioShape) {
    this.#kindKey = Buffer.from(shape.kindKey);
    this.#kind = Buffer.from(shape.kind);
    this.#body = Buffer.from(shape.body);
    this.#payload = Buffer.from(shape.payload);
    this.#id = shape.id === undefined ? undefined : Buffer.from(shape.id);
  }

  /** False: the message has no audio, or only the full parser can read it. */
  cut(message: Buffer, cut: AudioCut): boolean {
    this.#message = message;
    this.#at = 0;
    return this.#outer(cut);
  }

  #outer(cut: AudioCut): boolean {
    const message = this.#message;
    if (message[this.#at++] !== OPEN) return false;
    let kindSeen = false;
    let bodySeen = false;
    for (;;) {
      const key = this.#at + 1;
      const keyEnd = this.#text();
      if (keyEnd < 0 || message[this.#at++] !== COLON) return false;
      const first = message[this.#at];
      if (this.#is(this.#kindKey, key, keyEnd)) {
        const value = this.#at + 1;
        const valueEnd = this.#text();
        if (kindSeen || valueEnd < 0 || !this.#is(this.#kind, value, valueEnd)) return false;
        kindSeen = true;
      } else if (this.#is(this.#body, key, keyEnd)) {
        if (bodySeen || !this.#inner(cut)) return false;
        bodySeen = true;
      } else if (first === QUOTE ? this.#text() < 0 : this.#number() < 0) return false;
      const next = message[this.#at++];
      if (next === COMMA) continue;
      return next === CLOSE && this.#at === message.length && kindSeen && bodySeen;
    }
  }

  #inner(cut: AudioCut): boolean {
    const message = this.#message;
    if (message[this.#at++] !== OPEN) return false;
    let payloadSeen = false;
    let idSeen = false;
    cut.eventId = Number.NaN;
    for (;;) {
      const key = this.#at + 1;
      const keyEnd = this.#text();
      if (keyEnd < 0 || message[this.#at++] !== COLON) return false;
      if (this.#is(this.#payload, key, keyEnd)) {
        cut.start = this.#at + 1;
        if (payloadSeen || !this.#base64()) return false;
        cut.end = this.#at - 1;
        payloadSeen = true;
      } else if (this.#id && this.#is(this.#id, key, keyEnd)) {
        const id = this.#number();
        if (idSeen || id < 0) return false;
        cut.eventId = id;
        idSeen = true;
      } else if (message[this.#at] === QUOTE ? this.#text() < 0 : this.#number() < 0) return false;
      const next = message[this.#at++];
      if (next === COMMA) continue;
      return next === CLOSE && payloadSeen;
    }
  }

  /** Skips a plain string, quotes included. Returns its end, or -1. */
  #text(): number {
    const message = this.#message;
    if (message[this.#at] !== QUOTE) return -1;
    for (let at = this.#at + 1; ; at++) {
      const byte = message[at];
      if (byte === QUOTE) {
        this.#at = at + 1;
        return at;
      }
      // The end of the message (undefined) fails this check, too.
      if (!(byte! >= 0x20 && byte! < 0x7f) || byte === BACKSLASH) return -1;
    }
  }

  /** Skips a whole number. Returns it, or -1. */
  #number(): number {
    const message = this.#message;
    const first = this.#at;
    let value = 0;
    for (;;) {
      const byte = message[this.#at]!;
      if (!(byte >= ZERO && byte <= NINE)) break;
      value = value * 10 + byte - ZERO;
      this.#at++;
    }
    const digits = this.#at - first;
    const wellWritten = digits > 0 && digits <= MAX_DIGITS && (digits === 1 || message[first] !== ZERO);
    return wellWritten ? value : -1;
  }

  /** Skips a string of valid base64, by the rules of `isBase64`. */
  #base64(): boolean {
    const message = this.#message;
    const first = this.#at + 1;
    if (message[this.#at] !== QUOTE) return false;
    let at = first;
    while (BASE64[message[at]!] === 1) at++;
    if (at === first) return false;
    if (message[at] === EQUALS) at++;
    if (message[at] === EQUALS) at++;
    if (message[at] !== QUOTE || (at - first) % 4 !== 0) return false;
    this.#at = at + 1;
    return true;
  }

  #is(name: Buffer, start: number, end: number): boolean {
    if (end - start !== name.length) return false;
    for (let i = 0; i < name.length; i++) if (this.#message[start + i] !== name[i]) return false;
    return true;
  }
}

/** For Twilio's `media` messages. Source: Media Streams, "WebSocket messages from Twilio". */
export const twilioMediaCutter = (): AudioCutter =>
  new AudioCutter({ kindKey: 'event', kind: 'media', body: 'media', payload: 'payload' });

/** For ElevenLabs' `audio` messages. Source: Agents WebSocket, `audio`. Messages with alignments go to the full parser. */
export const agentAudioCutter = (): AudioCutter =>
  new AudioCutter({ kindKey: 'type', kind: 'audio', body: 'audio_event', payload: 'audio_base_64', id: 'event_id' });

/** Number of bytes that the valid base64 between two positions of a message encodes. */
export function bytesBetween(message: Buffer, start: number, end: number): number {
  const padding = message[end - 2] === EQUALS ? 2 : message[end - 1] === EQUALS ? 1 : 0;
  return (3 * (end - start)) / 4 - padding;
}
