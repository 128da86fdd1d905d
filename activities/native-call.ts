import type { ActivityDependencies } from './dependencies.ts';
import { guardedDial, notConfigured } from './dial-guard.ts';
import type { DialActivities } from './interface.ts';

/** Option A: ElevenLabs places the call through its own Twilio integration. */
export const nativeCall = (deps: ActivityDependencies): Pick<DialActivities, 'dialNative'> => ({
  dialNative: (input) =>
    guardedDial(deps, 'native', input, async (dial) => deps.elevenlabs?.dial(dial) ?? notConfigured('ElevenLabs')),
});
