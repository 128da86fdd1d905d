import { z } from 'zod';
import { momentOf } from '../moment-text.ts';

/** `not_before`, `not_after`: which instant a local time means is known only with the business's zone. */
export const moment = (description: string) =>
  z
    .string()
    .refine(
      (text) => momentOf(text) !== undefined,
      'must be an instant with an offset, such as 2026-12-01T09:00-03:00, or a local time of the business, such as 2026-12-01T09:00',
    )
    .meta({ description, examples: ['2026-12-01T09:00-03:00', '2026-12-01T09:00'] });
