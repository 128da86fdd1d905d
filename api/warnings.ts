import type { BookingOrder } from '../domain/order.ts';
import type { BookingWarning } from '../domain/schemas/warning.ts';
import type { Context } from './context.ts';

/** What of an order will not be as it was asked for, by what is known now. Each `message` completes its field's name. */
export function warningsOf(order: Pick<BookingOrder, 'language'>, { languageInstead }: Context): BookingWarning[] {
  const instead = languageInstead?.(order.language);
  return instead
    ? [
        {
          field: 'language',
          message: `will not be spoken: ${instead.because}; talks are held in "${instead.language}"`,
        },
      ]
    : [];
}

/** The same as a member of an answer, which has none where there is nothing to say. */
export function withWarnings<V extends object>(
  view: V,
  order: Pick<BookingOrder, 'language'>,
  context: Context,
): V & { warnings?: BookingWarning[] | undefined } {
  const warnings = warningsOf(order, context);
  return warnings.length > 0 ? { ...view, warnings } : view;
}
