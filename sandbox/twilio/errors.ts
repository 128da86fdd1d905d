import { type Answer, json } from '../http.ts';

/** Twilio's error body. */
export const twilioError = (
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): Answer => json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, headers);

export const notFound = (path: string): Answer =>
  twilioError(404, 20404, `The requested resource ${path} was not found`);
