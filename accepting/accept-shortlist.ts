import type { BookingGateway } from '../delivery/gateway.ts';
import { iso } from '../domain/iso.ts';
import type { ShortlistRequest } from '../domain/schemas/shortlist.ts';
import { shortlistInputOf } from '../domain/shortlist/input.ts';
import { type ShortlistOrder, type ShortlistView, shortlistView } from '../domain/shortlist/view.ts';
import { contentHash } from '../records/content-hash.ts';
import type { ShortlistRecords } from '../records/ports/shortlists.ts';
import { dialTimes, type Refusal } from './dial-times.ts';
import { newBookingId } from './keyed-hashes.ts';
import { newOrder } from './new-order.ts';
import type { AcceptingSettings } from './settings.ts';

export interface AcceptShortlistDependencies {
  records: Pick<ShortlistRecords, 'acceptShortlist' | 'markShortlistStarted' | 'shortlist'>;
  gateway: Pick<BookingGateway, 'startShortlist'>;
  settings: AcceptingSettings;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface AcceptShortlistRequest {
  /** As `shortlistRequestSchema` parsed it. */
  request: ShortlistRequest;
  owner: string;
  /** The Idempotency-Key. */
  key?: string | undefined;
}

export type AcceptedShortlist =
  | { how: 'created' | 'repeated'; view: ShortlistView }
  | { how: 'refused'; fields: Refusal[] }
  | { how: 'conflict' | 'erased'; shortlist_id: string }
  | { how: 'too_many'; most: number };

const shortlistIdFrom = (bookingId: string): string => `sl_${bookingId.slice('bk_'.length)}`;

/** The same id for the same owner and Idempotency-Key. */
export const shortlistIdOf = (
  { bookingIdOf }: Pick<AcceptingSettings, 'bookingIdOf'>,
  owner: string,
  key: string,
): string => shortlistIdFrom(bookingIdOf(owner, `shortlist\n${key}`));

/** The instant of `decide_by`, which a local time gives in the first candidate's zones. */
function decideBy(text: string | undefined, zones: readonly string[], now: number): string | undefined | Refusal[] {
  const asked = dialTimes({ not_after: text }, zones, now);
  if ('times' in asked) return asked.times.not_after;
  return asked.refused.map(({ message }) => ({
    field: 'decide_by',
    message: message.replace('business.timezone', 'candidates.0.business.timezone'),
  }));
}

/** An order, or every reason of every candidate to refuse it, each under the field's place in the shortlist. */
function shortlistOrder(
  request: ShortlistRequest,
  settings: AcceptingSettings,
  id: string,
  now: number,
): { order: ShortlistOrder } | { refused: Refusal[] } {
  const { candidates, decide_by, ...wish } = request;
  const refused: Refusal[] = [];
  const add = (refusal: Refusal): void => {
    // A fault of the common wish is the same for each candidate.
    if (!refused.some(({ field }) => field === refusal.field)) refused.push(refusal);
  };
  const orders = candidates.flatMap(({ business }, i) => {
    const made = newOrder({ ...wish, business }, settings, id, now);
    if ('order' in made) return [made.order];
    for (const { field, message } of made.refused)
      add({ field: field.startsWith('business.') ? `candidates.${i}.${field}` : field, message });
    return [];
  });
  const [first] = orders;
  const until = first && orders.length === candidates.length ? decideBy(decide_by, first.zones, now) : undefined;
  if (Array.isArray(until)) refused.push(...until);
  if (refused.length > 0 || Array.isArray(until)) return { refused };
  return {
    order: {
      ...wish,
      id,
      candidates: orders.map(({ business, zones }) => ({ business, zones })),
      ...(until !== undefined && { decide_by: until }),
      created_at: iso(now),
    },
  };
}

/**
 * Creates shortlists. The row comes first and the workflow second, as for a booking.
 * @throws Unavailable when Temporal does not answer. The row is kept, and the same request starts the workflow later.
 */
export function shortlistAcceptor({ records, gateway, settings, now }: AcceptShortlistDependencies) {
  /** A repeated request finds its shortlist, even if days that it accepts, or `decide_by`, are past by now. */
  const orderFor = async (request: ShortlistRequest, id: string): Promise<ReturnType<typeof shortlistOrder>> => {
    const asked = shortlistOrder(request, settings, id, now());
    const known = 'refused' in asked ? await records.shortlist(id) : undefined;
    return known ? shortlistOrder(request, settings, id, Date.parse(known.order.created_at)) : asked;
  };
  return async ({ request, owner, key }: AcceptShortlistRequest): Promise<AcceptedShortlist> => {
    const id = key === undefined ? shortlistIdFrom(newBookingId()) : shortlistIdOf(settings, owner, key);
    const asked = await orderFor(request, id);
    if ('refused' in asked) return { how: 'refused', fields: asked.refused };
    const accepted = await records.acceptShortlist({
      order: asked.order,
      owner,
      accounts: settings.accounts,
      most: settings.openBounds?.key,
      idempotency: key === undefined ? undefined : { key, body_hash: contentHash(request) },
    });
    if (!('order' in accepted)) return accepted;
    const { how, order, progress, started } = accepted;
    if (!started) {
      await gateway.startShortlist(shortlistInputOf(order, accepted.accounts.mode === 'sandbox'));
      await records.markShortlistStarted(id);
    }
    return { how, view: shortlistView(order, progress) };
  };
}
