import { z } from 'zod';
import type { BudgetView } from '../budgets-view.ts';
import { byPhoneChannel, PHONE, PHONE_CHANNELS, type PhoneChannel } from '../channels.ts';
import type { BookingOrder, BookingWish, CallbackPolicy } from '../order.ts';
import { WEEKDAYS } from '../weekday.ts';
import { acceptableSchema } from './acceptable.ts';
import { instant } from './instant.ts';

const phonePolicy = z.object({
  enabled: z.boolean(),
  budget_seconds: z.int(),
  max_attempts: z.int(),
  redial_delay_seconds: z.int(),
  ring_seconds: z.int(),
  max_call_seconds: z.int(),
});

/** A channel that is off by default may be absent. Code must expect that of every channel, and reads with `policyOf`. */
const phonePolicies = byPhoneChannel((channel) =>
  PHONE[channel].defaults.enabled ? phonePolicy : phonePolicy.optional(),
) as Record<PhoneChannel, z.ZodOptional<typeof phonePolicy>>;

export type OrderView = Omit<
  BookingOrder,
  'id' | 'metadata' | 'created_at' | 'request' | 'escalation' | 'shortlist' | 'batch'
> & {
  escalation: BookingOrder['escalation'] & { callback: CallbackPolicy };
  request: BookingWish & { preferred_day: string | null };
};

/** The order, with its defaults filled in. */
export const orderViewSchema = z
  .object({
    business: z.object({
      name: z.string(),
      phone: z.string(),
      timezone: z.string().optional(),
      opening_hours: z
        .array(z.object({ days: z.array(z.enum(WEEKDAYS)), from: z.string(), to: z.string() }))
        .optional(),
    }),
    request: z.object({
      service_type: z.string(),
      preferred_date: z.string().optional(),
      preferred_day: z
        .string()
        .nullable()
        .describe('ISO date that preferred_date meant at the business when the booking was placed; null: no one day'),
      preferred_time: z.string().optional(),
      user_name: z.string(),
      special_requests: z.string().optional(),
      acceptable: acceptableSchema.optional(),
    }),
    language: z.string().optional(),
    agent: z.object({ prompt: z.string().optional(), first_message: z.string().optional() }).optional(),
    escalation: z.object({
      ...phonePolicies,
      simulation: z.object({ enabled: z.boolean(), scenario: z.string().optional() }),
      callback: z.object({ enabled: z.boolean(), max_callbacks: z.int(), within_hours: z.int() }),
    }),
    callback_url: z.string().optional(),
    not_before: instant.optional().describe('No dial before it'),
    not_after: instant.optional().describe('No dial after it'),
    zones: z.array(z.string()).describe('Time zones whose calling hours are kept'),
  })
  .meta({ id: 'BookingOrder' }) satisfies z.ZodType<OrderView>;

export const budgetSchema = z
  .object({
    channel: z.enum(PHONE_CHANNELS),
    enabled: z.boolean(),
    budget_seconds: z.int(),
    attempts: z.int(),
    max_attempts: z.int(),
    started_at: instant.nullable().describe('The channel’s first dial'),
    ends_at: instant.nullable().describe('No dial starts after this; it moves on while the budget stands still'),
  })
  .meta({ id: 'Budget' }) satisfies z.ZodType<BudgetView>;
