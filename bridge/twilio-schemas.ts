import { z } from 'zod';

/** Printable and without spaces, because it goes into the database and into logs. */
const sid = z.string().regex(/^[\x21-\x7e]{1,100}$/);

/** Twilio's `start` message. Its numbers are strings, except those of `mediaFormat`. New keys may appear without notice. */
export const startMessage = z.looseObject({
  streamSid: sid,
  start: z.looseObject({
    callSid: sid,
    customParameters: z.record(z.string(), z.string()).default({}),
    mediaFormat: z.looseObject({
      encoding: z.literal('audio/x-mulaw'),
      sampleRate: z.coerce.number().pipe(z.literal(8000)),
      channels: z.coerce.number().pipe(z.literal(1)),
    }),
  }),
});

export interface StreamStart {
  streamSid: string;
  callSid: string;
  /** The single-use token of the TwiML's `<Parameter name="token">`. */
  token: string;
  /** Time of the answer, ms since 1970, where the TwiML's parameter `answered` has it. */
  answeredAt?: number | undefined;
}
