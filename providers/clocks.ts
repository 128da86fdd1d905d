import { ELEVENLABS_API } from './elevenlabs/client.ts';
import { TWILIO_API } from './twilio/connect.ts';

const PATIENCE_MS = 10_000;

/** The clock of a provider, from the `Date` of an answer. */
export interface ProviderClock {
  provider: 'Twilio' | 'ElevenLabs';
  /** Milliseconds by which this machine's clock is ahead; negative: it is behind. Right to a second and half the time of the answer. */
  ahead_ms: number;
}

interface Accounts {
  twilio?: { apiBaseUrl?: string | undefined } | undefined;
  elevenlabs?: { apiBaseUrl?: string | undefined } | undefined;
}

/** Asks each configured provider for its time. A provider that does not answer, or without a `Date`, is left out. */
export async function providersClocks({ twilio, elevenlabs }: Accounts): Promise<ProviderClock[]> {
  const asked: Promise<ProviderClock | undefined>[] = [];
  if (twilio) asked.push(clockOf('Twilio', twilio.apiBaseUrl ?? TWILIO_API));
  if (elevenlabs) asked.push(clockOf('ElevenLabs', elevenlabs.apiBaseUrl ?? ELEVENLABS_API));
  return (await Promise.all(asked)).filter((clock) => clock !== undefined);
}

async function clockOf(provider: ProviderClock['provider'], url: string): Promise<ProviderClock | undefined> {
  const asked_at = Date.now();
  const began = performance.now();
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(date)) return undefined;
    // The answer was written between the two; `Date` leaves out parts of a second.
    const between = asked_at + (performance.now() - began) / 2;
    return { provider, ahead_ms: Math.round(between - (date + 500)) };
  } catch {
    return undefined;
  }
}
