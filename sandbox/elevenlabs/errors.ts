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

/** The refusal of a body that lacks one of these texts; undefined: it has them all. */
export function lacking(body: Record<string, unknown>, names: readonly string[]): Answer | undefined {
  const name = names.find((each) => typeof body[each] !== 'string' || !body[each]);
  return name === undefined ? undefined : invalid(['body', name]);
}

export const missing = (what: string, message: string): Answer => elevenError(404, 'not_found', what, message);
