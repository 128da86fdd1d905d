import { activityInfo } from '@temporalio/activity';
import { HELD } from '../../domain/held.ts';
import { iso } from '../../domain/iso.ts';
import { clockOf } from '../dependencies.ts';
import { type Check, putOff, skipped } from './check.ts';

/** After it the booking waits for a place, as long as the hold lasts. */
const AGAIN_MS = 1_000;

const runId = (): string => activityInfo().workflowExecution?.runId ?? '';

/**
 * Records the dial before its request leaves, so that no later run of this booking can send it again, even where Temporal has lost history.
 * A dial that is already on record is reconciled instead.
 */
export const claim: Check = {
  name: 'the claim',
  async refusal(dial) {
    const { deps, input, plan } = dial;
    const { call_id, channel, order } = plan;
    // Holds until the database answers.
    dial.onRecord = 'perhaps';
    const claimed = await deps.records.claimDial({
      call_id,
      run_id: runId(),
      channel,
      caller: deps.accounts.caller,
      at: iso(clockOf(deps).now()),
      known: input.known,
      phone_hashes: plan.phoneHashes,
      line_id: plan.line.id,
    });
    dial.onRecord = claimed.how === 'claimed' ? 'yes' : 'no';
    if (claimed.how === 'claimed') {
      deps.dialClaimed?.();
      return undefined;
    }
    if (claimed.how === 'forbidden') return skipped('do_not_call');
    if (claimed.how === 'held') return putOff(AGAIN_MS, HELD, 'Dialing is held until an operator resumes it.');
    if (claimed.how === 'not_on_record' || claimed.how === 'line_lost') return skipped(claimed.how);
    if (claimed.how === 'rung_back') return { proves: 'skipped', reason: claimed.how, inbound: claimed.inbound };
    deps.log.error(
      { booking_id: order.id, call_id },
      'stopped a dial: the database has dials that its workflow does not know',
    );
    const message = 'The database has dials of this booking that its workflow does not know of.';
    return { proves: 'unknown', problem: { code: 'stores_disagree', message }, dialed: claimed.dials };
  },
  /** A claim whose answer was lost is kept: the database may still write it after it was deleted. The workflow knows that it may be on record. */
  async release(dial, result) {
    if (result || dial.onRecord !== 'yes') return;
    await dial.deps.records.unclaimDial(dial.plan.call_id, runId());
    dial.onRecord = 'no';
  },
};
