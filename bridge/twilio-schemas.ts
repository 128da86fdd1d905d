import { z } from 'zod';

/**
 * Twilio's `start` message. Its numbers are strings except those of `mediaFormat`; new keys may appear without notice.
 */
export const startMessage = z.looseObject({
  streamSid: z.string().min(1).max(100),
  start: z.looseObject({
    callSid: z.string().min(1).max(100),
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
}
