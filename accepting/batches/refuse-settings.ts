import { pointsToPrivateAddress } from '../../callbacks/public-address.ts';
import { momentOf } from '../../domain/moment-text.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import { PAST, type Refusal, TOO_FAR, YEAR_MS } from '../dial-times.ts';
import type { RefusingSettings } from '../new-order.ts';

/** The zones that are farthest behind and ahead of UTC, in ms: a local time is past everywhere once it is past in the last one. */
const LAST_ZONE_MS = 12 * 3_600_000;
const FIRST_ZONE_MS = -14 * 3_600_000;

/** The latest and the earliest instant that a text can mean, in ms since 1970; undefined: it means none. */
function instantsOf(text: string | undefined): { latest: number; earliest: number } | undefined {
  const moment = text === undefined ? undefined : momentOf(text);
  if (!moment) return undefined;
  if ('instant' in moment) return { latest: moment.instant, earliest: moment.instant };
  return { latest: moment.local + LAST_ZONE_MS, earliest: moment.local + FIRST_ZONE_MS };
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
  for (const [field, text] of Object.entries({ not_before, not_after })) {
    const meant = instantsOf(text);
    if (meant && meant.earliest > now + YEAR_MS) refused.push({ field, message: TOO_FAR });
    if (meant && field === 'not_after' && meant.latest <= now) refused.push({ field, message: PAST });
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
