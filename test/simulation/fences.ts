import { type Accounts, mayAct } from '../../domain/accounts.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import { hoursOf } from '../../domain/weekly-hours.ts';
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
  hours: (window: CallingWindow, order: BookingOrder) => CallingWindow;
  /** Between the first and the last moment for a dial. */
  isInTime: (order: BookingOrder, at: number) => boolean;
  isBarred: (world: World) => boolean;
  claim: (database: Database, request: ClaimRequest, now: number) => Claimed;
  /** A run that was set back, or is gone, does not speak for the one that goes on. */
  hasRun: (orphan: boolean) => boolean;
}

export const FENCES: Fences = {
  mayAct,
  isOnRecord: (database) => database.isOnRecord,
  window: (world) => world.circumstances.windowAt(world.now),
  hours: (window, order) => hoursOf(window, order.business.opening_hours),
  isInTime: ({ not_before, not_after }, at) =>
    (not_before === undefined || at >= Date.parse(not_before)) &&
    (not_after === undefined || at < Date.parse(not_after)),
  isBarred: (world) => world.circumstances.isBarred(world.now),
  claim: (database, request, now) => database.claim(request, now),
  hasRun: (orphan) => !orphan,
};
