import { request } from 'node:http';
import type { Listener } from '../support/listeners.ts';

const EVIL = 'http://evil.example';

/** What a browser sends for a page: no field but those that a page may set, and those that tell where it comes from. */
export interface Sent {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}
/** Status and text; undefined: it is no HTTP that a browser would read. */
export type Answered = { status: number; text: string; location: string | undefined } | undefined;

export function send(
  { host, port }: Pick<Listener, 'host' | 'port'>,
  { method, path, headers, body }: Sent,
): Promise<Answered> {
  return new Promise((resolve) => {
    const asked = request({ host, port, method, path, headers, timeout: 10_000, agent: false }, async (answer) => {
      let text = '';
      try {
        for await (const chunk of answer) text += chunk;
      } catch {
        // Cut off: what had come counts.
      }
      resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location });
    });
    asked.once('error', () => resolve(undefined));
    asked.once('timeout', () => asked.destroy());
    asked.end(body);
  });
}

/** Whether every browser refuses to send anything there (Node.js keeps the same list). */
export async function browsersRefuse({ port }: Listener): Promise<boolean> {
  const failure: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
  return /bad port/.test(String(Object(failure).cause));
}

/** As a page of another origin has them sent, and as one does whose name was made to lead here. */
export const ways = (port: number): Record<string, string>[] => [
  { host: `127.0.0.1:${port}`, origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  { host: `127.0.0.1:${port}`, origin: 'null' },
  { host: `evil.example:${port}` },
  { host: `evil.example:${port}`, origin: `http://evil.example:${port}`, 'sec-fetch-site': 'same-origin' },
  { host: `127.0.0.1.evil.example:${port}` },
];
