import { createHmac } from 'node:crypto';

/** `X-Twilio-Signature`: HMAC-SHA1 over the URL and every parameter's name and value, names sorted. */
export function signature(token: string, url: string, form: [string, string][] = []): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of form) values.set(name, (values.get(name) ?? new Set()).add(value));
  const text = [...values.keys()]
    .sort()
    .flatMap((name) => [...values.get(name)!].sort().map((value) => name + value))
    .join('');
  return createHmac('sha1', token)
    .update(url + text)
    .digest('base64');
}
