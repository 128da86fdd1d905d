import type { ApiDeps } from '../api/deps.ts';
import type { Config } from '../config/config.ts';
import { Unavailable } from '../delivery/gateway.ts';

const ANSWER_MS = 5_000;

/** Has the sandbox's businesses call our number; undefined where the providers are real. */
export function sandboxRingBack({ mode, twilio }: Pick<Config, 'mode' | 'twilio'>): ApiDeps['ringBack'] {
  const base = twilio?.apiBaseUrl;
  if (mode !== 'sandbox' || base === undefined) return undefined;
  return async (number, media) => {
    const asked = new URLSearchParams({ number, via: media === 'provider' ? 'elevenlabs' : 'twilio' });
    const url = `${base}/_sandbox/ringback?${asked}`;
    const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(ANSWER_MS) }).catch((cause) => {
      throw new Unavailable('the sandbox does not answer', { cause });
    });
    if (!answer.ok) throw new Unavailable(`the sandbox answered ${answer.status}`);
  };
}
