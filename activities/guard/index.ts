import { booking } from './booking.ts';
import type { Check } from './check.ts';
import { circuit } from './circuit.ts';
import { claim } from './claim.ts';
import { clock } from './clock.ts';
import { dialer } from './dialer.ts';
import { lastInstant } from './last-instant.ts';
import { number } from './number.ts';
import { readModel } from './read-model.ts';
import { repetition } from './repetition.ts';
import { slots } from './slots.ts';
import { workflow } from './workflow.ts';

/**
 * The checks of a dial before its request leaves, in their order. Time has passed since the workflow's decision, because a dial waits in
 * its provider's queue. The claim takes time as well, so the last instant is checked again after it.
 */
export const CHECKS: readonly Check[] = [
  repetition,
  booking,
  clock,
  number,
  readModel,
  dialer,
  slots,
  circuit,
  lastInstant,
  workflow,
  claim,
  lastInstant,
];
