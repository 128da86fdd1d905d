import { AsyncLocalStorage } from 'node:async_hooks';
import { ElevenLabsClient, ElevenLabsError } from '@elevenlabs/elevenlabs-js';
import { ProviderUnreachable } from '../interface.ts';
import { elevenLabsProblem } from './classify.ts';

const ELEVENLABS_API = 'https://api.elevenlabs.io';

/** The raw answer to a request, as far as it came. */
export interface Heard {
  status?: number;
  retryAfter?: string | null;
  /** Of a 2xx. */
  body?: string;
}

/** Whoever listens to the answer of the request that is being made. */
const listeners = new AsyncLocalStorage<Heard>();

/**
 * fetch without redirects (a key and a phone number go to the configured host only), which keeps the raw answer for
 * whoever listens: the SDK forgets the ids of a body that it cannot validate, and the status of an error whose body it
 * cannot read.
 */
const watchedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  const heard = listeners.getStore();
  if (heard) {
    heard.status = response.status;
    heard.retryAfter = response.headers.get('retry-after');
    if (response.ok) heard.body = await response.clone().text();
  }
  return response;
};

/** Runs one SDK request; `heard` gets the raw answer even when the SDK then fails to read it. */
export async function listening<T>(heard: Heard, request: () => Promise<T>): Promise<T> {
  return listeners.run(heard, request);
}

export interface ElevenLabsConnection {
  sdk: ElevenLabsClient;
  /** Request options of every call: never a retry, and a deadline for the whole answer (the SDK's stops at the headers). */
  once(): { maxRetries: 0; timeoutInSeconds: number; abortSignal: AbortSignal };
  /** GET of a path; undefined for 404. Any other answer than 2xx, or none, throws ProviderUnreachable. */
  get(path: string): Promise<Response | undefined>;
  /** The same, read as JSON. */
  getJson(path: string): Promise<unknown>;
  /** Sends a JSON body as it is, and reads the JSON answer. Any other answer than 2xx, or none, throws ProviderUnreachable. */
  sendJson(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown>;
}

export function connectElevenLabs(options: {
  apiKey: string;
  apiBaseUrl?: string | undefined;
  timeoutMs: number;
}): ElevenLabsConnection {
  const baseUrl = (options.apiBaseUrl ?? ELEVENLABS_API).replace(/\/+$/, '');
  const timeoutInSeconds = options.timeoutMs / 1000;
  const sdk = new ElevenLabsClient({
    apiKey: options.apiKey,
    baseUrl,
    maxRetries: 0,
    timeoutInSeconds,
    fetch: watchedFetch,
  });

  const once = () => ({
    maxRetries: 0 as const,
    timeoutInSeconds,
    abortSignal: AbortSignal.timeout(options.timeoutMs),
  });

  // The SDK's own fetch: its typed `get` refuses a whole conversation for one key that it does not find.
  async function request(path: string): Promise<Response | undefined> {
    const init = { headers: { 'xi-api-key': options.apiKey, accept: '*/*' } };
    // A whole URL: the SDK's join treats a query as part of the path.
    const response = await sdk.fetch(`${baseUrl}/${path}`, init, once());
    if (response.ok) return response;
    const body = await response.text();
    if (response.status === 404) return undefined;
    throw new ElevenLabsError({ statusCode: response.status, body: readJson(body) });
  }

  async function get(path: string): Promise<Response | undefined> {
    try {
      return await request(path);
    } catch (error) {
      throw unreachable(error);
    }
  }

  async function getJson(path: string): Promise<unknown> {
    try {
      const response = await request(path);
      return response === undefined ? undefined : await response.json();
    } catch (error) {
      throw unreachable(error);
    }
  }

  // Through the SDK's own fetch as well: its typed requests drop, without a word, every field that they do not know.
  async function sendJson(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> {
    try {
      const headers = { 'xi-api-key': options.apiKey, 'content-type': 'application/json' };
      const init = { method, headers, body: JSON.stringify(body) };
      const response = await sdk.fetch(`${baseUrl}/${path}`, init, once());
      const text = await response.text();
      if (!response.ok) throw new ElevenLabsError({ statusCode: response.status, body: readJson(text) });
      return readJson(text);
    } catch (error) {
      throw unreachable(error);
    }
  }

  return { sdk, once, get, getJson, sendJson };
}

export const unreachable = (error: unknown): ProviderUnreachable =>
  error instanceof ProviderUnreachable ? error : new ProviderUnreachable(elevenLabsProblem(error), { cause: error });

/** JSON where it is some, else the text itself. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
