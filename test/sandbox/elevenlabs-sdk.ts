import type * as sdk from '@elevenlabs/elevenlabs-js';
import { outside } from '../support/outside.ts';

export type ElevenLabsClient = sdk.ElevenLabsClient;
export const { ElevenLabsClient } = outside('@elevenlabs/elevenlabs-js') as typeof sdk;
