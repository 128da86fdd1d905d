import { type Answer, json } from '../http.ts';

/** ElevenLabs' error body; `status` is its older name for `code`. */
export const elevenError = (
  status: number,
  type: string,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => json(status, { detail: { type, code, status: code, message, request_id: null, param: null } }, headers);

/** Body of a 422: a list, as the provider's web framework creates it. */
export const invalid = (location: (string | number)[], message = 'Field required', type = 'missing'): Answer =>
  json(422, { detail: [{ type, loc: location, msg: message, input: null }] });

export const missing = (what: string, message: string): Answer => elevenError(404, 'not_found', what, message);
