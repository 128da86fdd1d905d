import { isBase64 } from './codec/base64.ts';
import { type StreamStart, startMessage } from './twilio-schemas.ts';

/**
 * Messages of a bidirectional Media Stream from Twilio. `unknown`: well-formed but of another type; `malformed`: Twilio would never send
 * it.
 */
type TwilioFrame =
  | { event: 'connected' | 'stop' | 'unknown' }
  | { event: 'start'; start: StreamStart }
  /** The callee's audio: 8 kHz mu-law, base64. */
  | { event: 'media'; payload: string }
  | { event: 'mark'; name: string }
  | { event: 'dtmf'; digit: string }
  | { event: 'malformed'; problem: string };

const malformed = (problem: string): TwilioFrame => ({ event: 'malformed', problem });

/** Reads one text message. Media frames (50 a second and call) are checked by hand, without a schema. */
export function parseTwilioFrame(text: string): TwilioFrame {
  const frame = parseObject(text);
  if (!frame) return malformed('not a JSON object');
  switch (frame.event) {
    case 'media': {
      const media = frame.media as Record<string, unknown> | null | undefined;
      const payload = media?.payload;
      return isBase64(payload) ? { event: 'media', payload } : malformed('media.payload is not base64');
    }
    case 'mark': {
      const name = (frame.mark as Record<string, unknown> | null | undefined)?.name;
      return typeof name === 'string' ? { event: 'mark', name } : malformed('mark.name is missing');
    }
    case 'dtmf': {
      const digit = (frame.dtmf as Record<string, unknown> | null | undefined)?.digit;
      return typeof digit === 'string' && /^[0-9A-D*#]$/.test(digit)
        ? { event: 'dtmf', digit }
        : malformed('dtmf.digit is not a key');
    }
    case 'start':
      return parseStart(frame);
    case 'connected':
    case 'stop':
      return { event: frame.event };
    default:
      return typeof frame.event === 'string' ? { event: 'unknown' } : malformed('event is missing');
  }
}

function parseStart(frame: Record<string, unknown>): TwilioFrame {
  const parsed = startMessage.safeParse(frame);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return malformed(`start: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
  }
  const { callSid, customParameters } = parsed.data.start;
  const { token, answered = '' } = customParameters;
  if (!token) return malformed('start.customParameters.token is missing');
  const answeredAt = /^\d{1,15}$/.test(answered) ? Number(answered) : undefined;
  return { event: 'start', start: { streamSid: parsed.data.streamSid, callSid, token, answeredAt } };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Writers for one stream. The payload must be valid base64, because it is not escaped. */
export function twilioWriter(streamSid: string) {
  const sid = JSON.stringify(streamSid);
  const mediaHead = `{"event":"media","streamSid":${sid},"media":{"payload":"`;
  return {
    envelope: { head: Buffer.from(mediaHead), tail: Buffer.from('"}}') },
    media: (payload: string): string => `${mediaHead}${payload}"}}`,
    mark: (name: string): string => `{"event":"mark","streamSid":${sid},"mark":{"name":${JSON.stringify(name)}}}`,
    clear: `{"event":"clear","streamSid":${sid}}`,
  };
}
