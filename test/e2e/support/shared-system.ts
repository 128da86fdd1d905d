import { runSystem } from './system.ts';

export const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

/** The product that all of `claims/` are about. Each claim has phone numbers of its own, and stops or breaks nothing. */
export const system = runSystem({ env: { CALLBACK_SECRET } });
