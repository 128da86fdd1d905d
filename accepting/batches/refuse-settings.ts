import { pointsToPrivateAddress } from '../../callbacks/public-address.ts';
import { momentOf } from '../../domain/moment-text.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { Refusal } from '../dial-times.ts';
import type { RefusingSettings } from '../new-order.ts';

/** The zone that is farthest behind UTC, in ms: a local time is past everywhere once it is past there. */
const LAST_ZONE_MS = 12 * 3_600_000;

function isPast(text: string | undefined, now: number): boolean {
  const moment = text === undefined ? undefined : momentOf(text);
  if (!moment) return false;
  return 'instant' in moment ? moment.instant <= now : moment.local + LAST_ZONE_MS <= now;
}

/**
 * The settings that this installation refuses whatever the rows are, each once instead of at every row.
 * @param now milliseconds since 1970
 */
export function refusedSettings(
  { callback_url, defaults, not_before, not_after }: BatchSettings,
  { providersAreLocal = false }: Pick<RefusingSettings, 'providersAreLocal'>,
  now: number,
): Refusal[] {
  const refused: Refusal[] = [];
  const urls = { callback_url, 'defaults.callback_url': defaults.callback_url };
  for (const [field, url] of Object.entries(urls)) {
    if (typeof url === 'string' && pointsToPrivateAddress(url, providersAreLocal)) {
      refused.push({ field, message: 'must lead to a public address' });
    }
  }
  if (isPast(not_after, now)) {
    refused.push({ field: 'not_after', message: 'is in the past: give a later time, or leave it out' });
  }
  const [from, to] = [not_before, not_after].map((text) => (text === undefined ? undefined : momentOf(text)));
  if (from && to && 'local' in from && 'local' in to && to.local <= from.local) {
    refused.push({ field: 'not_after', message: `must be later than not_before (${not_before})` });
  }
  if (from && to && 'instant' in from && 'instant' in to && to.instant <= from.instant) {
    refused.push({ field: 'not_after', message: `must be later than not_before (${not_before})` });
  }
  return refused;
}
