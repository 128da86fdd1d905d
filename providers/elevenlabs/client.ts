import { AsyncLocalStorage } from 'node:async_hooks';
import type { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { makePassthroughRequest } from '@elevenlabs/elevenlabs-js/core/fetcher/makePassthroughRequest.js';
import { ElevenLabsError } from '@elevenlabs/elevenlabs-js/errors/index.js';
import { ProviderUnreachable } from '../interface.ts';
import { elevenLabsProblem } from './classify.ts';

export const ELEVENLABS_API = 'https://api.elevenlabs.io';

/** The raw answer to a request, as far as it came. */
export interface Heard {
  status?: number;
  retryAfter?: string | null;
  /** Body of a 2xx. */
  body?: string;
}

/** The listener of the current request's answer. */
const listeners = new AsyncLocalStorage<Heard>();

/**
 * fetch without redirects (a key and a phone number go to the configured host only). Keeps the raw answer for a listener: the SDK drops the
 * ids of a body that it cannot validate, and the status of an error whose body it cannot read.
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

/** Runs one request. `heard` gets the raw answer even when the SDK fails to read it. */
export async function listening<T>(heard: Heard, request: () => Promise<T>): Promise<T> {
  return listeners.run(heard, request);
}

export interface ElevenLabsConnection {
  /**
   * The SDK with its typed requests. Its first use loads 5,400 modules (two seconds, 175 MB): for setting up accounts, never for the
   * process that carries calls.
   */
  sdk(): Promise<ElevenLabsClient>;
  /** Options of every request: no retry, and a deadline for the whole answer (the SDK's own ends at the headers). */
  once(): { maxRetries: 0; timeoutInSeconds: number; abortSignal: AbortSignal };
  /**
   * GET of a path; undefined for 404.
   * @throws ProviderUnreachable for any other answer than 2xx, or none
   */
  get(path: string): Promise<Response | undefined>;
  /** The same, parsed as JSON. */
  getJson(path: string): Promise<unknown>;
  /**
   * One request with a JSON body. Rejects as the SDK does: ElevenLabsError for any other answer than 2xx, else fetch's error.
   * @param timeoutMs for this request only
   */
  send(method: Method, path: string, body?: unknown, timeoutMs?: number): Promise<Response>;
  /**
   * Sends a JSON body and parses the JSON answer.
   * @throws ProviderUnreachable for any other answer than 2xx, or none
   */
  sendJson(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * Connects to ElevenLabs' REST API: every request carries the key, follows no redirect, is never retried, and has a deadline.
 * @param options `apiBaseUrl`: another host with the API; `timeoutMs`: for each whole answer
 * @example
 * ```ts
 * const connection = connectElevenLabs({ apiKey, timeoutMs: 10_000 });
 * const agent = await connection.getJson(`v1/convai/agents/${agentId}`); // undefined: there is no such agent
 * ```
 */
export function connectElevenLabs(options: {
  apiKey: string;
  apiBaseUrl?: string | undefined;
  timeoutMs: number;
}): ElevenLabsConnection {
  const baseUrl = (options.apiBaseUrl ?? ELEVENLABS_API).replace(/\/+$/, '');
  let typed: Promise<ElevenLabsClient> | undefined;
  const sdk = (): Promise<ElevenLabsClient> => {
    typed ??= import('@elevenlabs/elevenlabs-js').then(
      (loaded) =>
        new loaded.ElevenLabsClient({
          apiKey: options.apiKey,
          baseUrl,
          maxRetries: 0,
          timeoutInSeconds: options.timeoutMs / 1000,
          fetch: watchedFetch,
        }),
    );
    return typed;
  };

  const once = (timeoutMs = options.timeoutMs) => ({
    maxRetries: 0 as const,
    timeoutInSeconds: timeoutMs / 1000,
    abortSignal: AbortSignal.timeout(timeoutMs),
  });

  // Uses the SDK's fetch without its typed requests: those refuse a whole conversation for one missing key, drop every unknown field, and
  // load all modules of the SDK.
  async function send(method: Method, path: string, body?: unknown, timeoutMs?: number): Promise<Response> {
    const init = {
      method,
      headers: {
        'xi-api-key': options.apiKey,
        accept: '*/*',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    // A whole URL: the SDK's join treats a query as part of the path.
    const response = await makePassthroughRequest(
      `${baseUrl}/${path}`,
      init,
      { baseUrl, fetch: watchedFetch },
      once(timeoutMs),
    );
    if (response.ok) return response;
    throw new ElevenLabsError({ statusCode: response.status, body: readJson(await response.text()) });
  }

  async function request(path: string): Promise<Response | undefined> {
    try {
      return await send('GET', path);
    } catch (error) {
      if (error instanceof ElevenLabsError && error.statusCode === 404) return undefined;
      throw error;
    }
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

  async function sendJson(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> {
    try {
      return readJson(await (await send(method, path, body)).text());
    } catch (error) {
      throw unreachable(error);
    }
  }

  return { sdk, once, send, get, getJson, sendJson };
}

export const unreachable = (error: unknown): ProviderUnreachable =>
  error instanceof ProviderUnreachable ? error : new ProviderUnreachable(elevenLabsProblem(error), { cause: error });

/** Parses JSON; returns any other text unchanged. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
