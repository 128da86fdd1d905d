import { z } from 'zod';

export const warningSchema = z
  .object({
    field: z.string().describe('Path in the body, such as language'),
    message: z.string().describe('Completes the field’s name'),
  })
  .meta({ id: 'BookingWarning', description: 'Something will differ from the order' });

export type BookingWarning = z.infer<typeof warningSchema>;
