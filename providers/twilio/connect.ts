import twilio from 'twilio';
import { VoiceRequestClient } from './request-client.ts';

export const TWILIO_API = 'https://api.twilio.com';

/**
 * The official SDK's client on our own HTTP client: one request per call, never retried.
 * @example
 * ```ts
 * const { client } = connectTwilio({ accountSid, authToken, timeoutMs: 10_000, keepAlive: true });
 * const call = await client.calls(callSid).fetch();
 * ```
 */
export function connectTwilio(options: {
  accountSid: string;
  authToken: string;
  /** Another host with Twilio's REST API. */
  apiBaseUrl?: string | undefined;
  timeoutMs: number;
  keepAlive: boolean;
}) {
  const { accountSid, authToken, timeoutMs, keepAlive } = options;
  const origin = options.apiBaseUrl ?? TWILIO_API;
  const httpClient = new VoiceRequestClient({ origin, timeoutMs, keepAlive });
  // Empty edge and region: TWILIO_EDGE and TWILIO_REGION would rewrite the host, a local one as well.
  const client = twilio(accountSid, authToken, { httpClient, autoRetry: false, edge: '', region: '' });
  client.api.baseUrl = origin.replace(/\/+$/, '');
  return { client, httpClient };
}
