import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial, notConfigured } from './dial-guard.ts';
import type { DialActivities } from './interface.ts';

/** Option A: ElevenLabs places the call through its own Twilio integration. */
export const nativeCall = (deps: ActivityDependencies): Pick<DialActivities, 'dialNative'> => ({
  dialNative: (input) =>
    guardedDial(deps, 'native', input, async () => {
      const { order, call_id, ring_seconds, max_call_seconds } = input;
      if (!deps.elevenlabs) return notConfigured('ElevenLabs');
      return deps.elevenlabs.dial({ order, call_id, ring_seconds, max_call_seconds });
    }),
});
