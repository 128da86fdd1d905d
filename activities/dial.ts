import { within } from '../delivery/within.ts';
import type { DialResult } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { recordSpan } from '../tracing/span.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { type Check, Dialing, putOff, SOON_MS } from './guard/check.ts';
import { CHECKS } from './guard/index.ts';
import { heartbeating } from './heartbeating.ts';
import type { DialActivities, DialInput } from './interface.ts';

/** How long releasing may delay a dial's answer. */
const MAX_RELEASING_MS = 3_000;

const noDatabase = (why: string): DialResult & { proves: 'deferred' } =>
  putOff(SOON_MS, 'records_unreachable', safeMessage(`The database could not be used: ${why}`));

/** Runs the checks up to the first that refuses. Collects in `taken` those that may hold something, the last first. */
async function firstRefusal(dial: Dialing, taken: Check[]): Promise<DialResult | undefined> {
  const { deps, input } = dial;
  for (const check of CHECKS) {
    try {
      const refusal = await check.refusal(dial);
      if (refusal) return refusal;
      taken.unshift(check);
    } catch (error) {
      taken.unshift(check);
      const fields = { call_id: input.call_id, check: check.name, err: error };
      deps.log.warn(fields, 'could not check whether a dial may leave: put off');
      return noDatabase(messageOf(error));
    }
  }
  return undefined;
}

/** Never throws and takes a bounded time: a call may be ringing, and a hanging database must not delay the answer. */
async function release(dial: Dialing, taken: Check[], result: DialResult | undefined): Promise<void> {
  await within(MAX_RELEASING_MS, releaseEach(dial, taken, result));
}

async function releaseEach(dial: Dialing, taken: Check[], result: DialResult | undefined): Promise<void> {
  const { deps, input } = dial;
  for (const check of taken) {
    await check.release?.(dial, result).catch((error: unknown) => {
      deps.log.warn(
        { call_id: input.call_id, check: check.name, err: error },
        'could not release what a check had taken for a dial',
      );
    });
  }
}

/** Records the ids at once, so that callbacks find the attempt. */
async function link({ deps, plan: { call_id } }: Dialing, result: DialResult): Promise<void> {
  if (result.proves !== 'accepted' && result.proves !== 'unknown') return;
  const { call_sid, conversation_id } = result;
  if (!call_sid && !conversation_id) return;
  await deps.records.linkAttempt(call_id, { call_sid, conversation_id }).catch((error: unknown) => {
    deps.log.warn({ call_id, err: error }, 'could not record the ids of a dial');
  });
}

/** The workflow must know each dial that may be on record; otherwise the claim stops its next dial. */
function knownOf({ onRecord }: Dialing, result: DialResult): DialResult {
  if (onRecord === 'no') return result;
  if (result.proves === 'deferred') return { ...result, left: true };
  return result.proves === 'skipped'
    ? { ...noDatabase('the claim of a dial that did not leave may still exist'), left: true }
    : result;
}

/**
 * Checks a dial, sends it, and heartbeats meanwhile. A cancelled activity still waits for the provider's answer, because a request that
 * left cannot be recalled.
 */
export const guardedDial = (deps: ActivityDependencies, input: DialInput): Promise<DialResult> =>
  heartbeating(async () => {
    const dial = new Dialing(deps, input);
    const taken: Check[] = [];
    const began = clockOf(deps).now();
    const refusal = await firstRefusal(dial, taken);
    const result = refusal ?? (await dial.send());
    if (!refusal) await link(dial, result);
    await release(dial, taken, refusal ? undefined : result);
    traceDial(input, result, { from: began, to: clockOf(deps).now(), sent: !refusal });
    return knownOf(dial, result);
  });

/** Dials that one of our checks stopped are spans too: they say why nobody was called. */
function traceDial(
  { call_id, channel }: DialInput,
  result: DialResult,
  { from, to, sent }: { from: number; to: number; sent: boolean },
): void {
  const why = 'problem' in result ? result.problem.code : 'reason' in result ? result.reason : undefined;
  const failed =
    result.proves === 'number_refused' || result.proves === 'channel_refused' || result.proves === 'not_sent';
  recordSpan({
    bookingId: parseCallId(call_id)?.bookingId ?? '',
    name: 'dialed',
    key: call_id,
    from,
    to,
    attributes: {
      'vocero.call.id': call_id,
      'vocero.channel': channel,
      'vocero.dial.sent': sent,
      'vocero.dial.proves': result.proves,
      ...(why && { 'vocero.problem': why }),
    },
    failed: failed ? why : undefined,
    request: true,
  });
}

export const dial = (deps: ActivityDependencies): DialActivities => ({ dial: (input) => guardedDial(deps, input) });
