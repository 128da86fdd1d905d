import { checkPhoneNumber, countryRefusal, spacedNumber } from '../../domain/phone-number.ts';
import {
  actsQuerySchema,
  actsSchema,
  figuresQuerySchema,
  figuresSchema,
  numberQuerySchema,
  numberSchema,
  reviewsDueSchema,
} from '../../domain/schemas/operating.ts';
import { requireOperator } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { cursorIn, cursorOf } from '../cursor.ts';
import { keyLabel } from '../note-act.ts';
import { numbersMeant } from '../number-suggestions.ts';
import { usageView } from '../shown-usage.ts';

/** More open bookings of one number say no more. */
const OPEN_SHOWN = 3;

const positionOf = ([position]: unknown[]): number | undefined =>
  Number.isSafeInteger(position) ? (position as number) : undefined;

/** An operator's day: its figures, the work that waits, a number before it is used, and the acts of operators. */
export function operatingRoutes(app: App, { records, settings }: Context): void {
  const common = { tags: ['operators'], security: [{ apiKey: [] }] };

  app.route({
    method: 'GET',
    url: '/v1/figures',
    schema: {
      ...common,
      operationId: 'getFigures',
      summary: 'Figures of a period',
      description: 'Of the bookings that the key may see, by the time of their outcome.',
      querystring: figuresQuerySchema,
      response: { 200: figuresSchema },
    },
    async handler({ query, principal }) {
      const figures = await records.figures({ ...query, owner: principal.seesAll ? undefined : principal.owner });
      return { ...figures, usage: usageView(figures.usage, settings) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/reviews-due',
    schema: {
      ...common,
      operationId: 'getReviewsDue',
      summary: 'The number of bookings that wait for a review',
      response: { 200: reviewsDueSchema },
    },
    async handler({ principal }) {
      return records.reviewsDue(principal.seesAll ? undefined : principal.owner);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/numbers',
    schema: {
      ...common,
      operationId: 'readNumber',
      summary: 'The number that somebody means, and its open bookings',
      description:
        'For forms. A number without a country is read in the countries of `Accept-Language`, of our caller number, and of the allowed destinations. Nothing is dialed.',
      querystring: numberQuerySchema,
      response: { 200: numberSchema },
    },
    async handler({ query, principal, headers }) {
      const typed = query.typed.trim();
      const suggestions = numbersMeant(typed, settings, headers['accept-language']);
      const asTyped = checkPhoneNumber(typed);
      const number = asTyped.ok ? typed : suggestions.length === 1 ? suggestions[0]! : null;
      const checked = number === null ? asTyped : checkPhoneNumber(number);
      const country = checked.ok ? (checked.country ?? null) : null;
      const refusal = checked.ok ? countryRefusal(checked.country, settings.allowedCountries) : checked.reason;
      const open =
        number === null
          ? []
          : await records.openOfNumber({
              phone_hashes: settings.phoneHashes(number),
              owner: principal.seesAll ? undefined : principal.owner,
              limit: OPEN_SHOWN,
            });
      return {
        number,
        written: number && spacedNumber(number),
        country,
        problem: refusal ?? null,
        suggestions,
        open_bookings: open,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/acts',
    schema: {
      ...common,
      operationId: 'listActs',
      summary: 'The acts of operators, and of which operator',
      querystring: actsQuerySchema,
      response: { 200: actsSchema },
    },
    async handler({ query, principal }) {
      requireOperator(principal);
      const { booking, cursor, limit, ...only } = query;
      const found = await records.acts({
        ...only,
        booking_id: booking,
        after: cursor === undefined ? undefined : cursorIn(cursor, positionOf),
        // An API key that is an operator too sees its own deeds.
        key: principal.seesAll ? undefined : keyLabel(principal),
        limit: limit + 1,
      });
      const page = found.slice(0, limit);
      const names = principal.seesAll ? (settings.operatorNames?.values() ?? []) : [principal.name ?? []].flat();
      return {
        data: page.map(({ position: _, ...act }) => act),
        next_cursor: found.length > limit ? cursorOf([page.at(-1)!.position]) : null,
        operators: [...new Set(names)].sort(),
      };
    },
  });
}
