import { type Accounts, mayAct } from '../../domain/accounts.ts';
import type { CallingWindow } from '../../domain/order.ts';
import type { Claimed, ClaimRequest, Database } from './database.ts';
import type { World } from './world.ts';

/**
 * What our own last look rests on beside the workflow, as activities/guard/ and activities/belonging.ts have it.
 * A test that wants to see the checks fail puts a bug into one of these.
 */
export interface Fences {
  mayAct: (present: Accounts, own: Accounts | undefined, sandbox: boolean) => boolean;
  isOnRecord: (database: Database) => boolean;
  window: (world: World) => CallingWindow;
  isBarred: (world: World) => boolean;
  claim: (database: Database, request: ClaimRequest, now: number) => Claimed;
  /** A run that was set back, or is gone, does not speak for the one that goes on. */
  hasRun: (orphan: boolean) => boolean;
}

export const FENCES: Fences = {
  mayAct,
  isOnRecord: (database) => database.isOnRecord,
  window: (world) => world.circumstances.windowAt(world.now),
  isBarred: (world) => world.circumstances.isBarred(world.now),
  claim: (database, request, now) => database.claim(request, now),
  hasRun: (orphan) => !orphan,
};
