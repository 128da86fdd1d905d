import { Unsendable } from './errors.ts';

export type Query = Record<string, string | number | boolean | undefined>;

/** A path with those members of a query that have a value. */
export const withQuery = (path: string, query: Query = {}): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size > 0 ? `${path}${path.includes('?') ? '&' : '?'}${given}` : path;
};

/** An empty part, or a dot, would name something else: `/rows/../cancel` is the cancellation of the whole batch. @throws TypeError */
export function checkPath(path: string): void {
  const parts = path.replace(/\?.*/s, '').split('/');
  if (parts.shift() !== '' || parts.some((one) => /^(\.|%2e){0,2}$|[\s\\#]/i.test(one))) {
    throw new Unsendable(`${JSON.stringify(path)} is not a path of the API: is an id empty?`);
  }
}

/** @throws TypeError without the value: it may be a key */
export function checkHeader(name: string, value: string): void {
  if (!/^[!-~][ -~]*$/.test(value)) throw new Unsendable(`${name} must be printable ASCII, and not empty`);
}

/** Body and headers of a request. */
export function bodyOf(body: unknown, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers };
  if (body instanceof FormData || headers['content-type']) return { headers, body: body as FormData | string };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
