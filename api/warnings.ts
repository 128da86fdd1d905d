import type { BookingOrder } from '../domain/order.ts';
import type { BookingWarning } from '../domain/schemas/warning.ts';
import type { Context } from './context.ts';

/** Wishes of an order that cannot be met, as far as is known now. Each `message` continues the field's name. */
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

/** The same as an optional member of an answer. */
export function withWarnings<V extends object>(
  view: V,
  order: Pick<BookingOrder, 'language'>,
  context: Context,
): V & { warnings?: BookingWarning[] | undefined } {
  const warnings = warningsOf(order, context);
  return warnings.length > 0 ? { ...view, warnings } : view;
}
