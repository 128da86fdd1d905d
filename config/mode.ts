import type { Mode } from './config.ts';
import type { ConfigProblem } from './error.ts';

export const TWILIO_NEEDS = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'] as const;
export const ELEVENLABS_NEEDS = [
  'ELEVENLABS_API_KEY',
  'ELEVENLABS_AGENT_ID',
  'ELEVENLABS_PHONE_NUMBER_ID',
  'ELEVENLABS_WEBHOOK_SECRET',
  'ELEVENLABS_TOOL_SECRET',
] as const;
const SIMULATION_NEEDS = ['ELEVENLABS_API_KEY', 'ELEVENLABS_AGENT_ID'] as const;
const CREDENTIALS = [...TWILIO_NEEDS, ...ELEVENLABS_NEEDS, 'ELEVENLABS_RECEPTIONIST_AGENT_ID'] as const;

/**
 * Derives the mode from the credentials. Base URLs do not count: without credentials they are unused. Incomplete credentials are a problem
 * that names the missing ones, because a guess could ring real people or nobody.
 */
export function modeOf(isSet: (variable: string) => boolean): { mode: Mode; problems: ConfigProblem[] } {
  if (!CREDENTIALS.some(isSet)) return { mode: 'sandbox', problems: [] };
  const twilio = TWILIO_NEEDS.some(isSet);
  const mode = twilio ? 'live' : 'simulation';
  const needs: readonly string[] = twilio ? [...TWILIO_NEEDS, ...ELEVENLABS_NEEDS] : SIMULATION_NEEDS;
  const why = twilio
    ? 'is missing. Live mode needs all of Twilio and ElevenLabs: set it, or unset all of them for the sandbox'
    : 'is missing. Simulations need ElevenLabs’ key and agent: set it, or unset all provider variables for the sandbox';
  return { mode, problems: needs.filter((name) => !isSet(name)).map((variable) => ({ variable, message: `${why}.` })) };
}
