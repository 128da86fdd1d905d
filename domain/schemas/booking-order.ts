import { z } from 'zod';
import type { BudgetView } from '../budgets-view.ts';
import { byPhoneChannel, PHONE, type PhoneChannel } from '../channels.ts';
import type { BookingOrder, BookingWish, CallbackPolicy } from '../order.ts';
import { acceptableSchema } from './acceptable.ts';
import { instant } from './instant.ts';
import { phoneChannel, weekday } from './words.ts';

const phonePolicy = z
  .object({
    enabled: z.boolean().describe('Whether this channel is used'),
    budget_seconds: z.int().describe('A dial may start only within this time'),
    max_attempts: z.int().describe('Largest number of calls'),
    redial_delay_seconds: z.int().describe('Pause after a call that reached nobody'),
    ring_seconds: z.int().describe('Longest time that a phone rings'),
    max_call_seconds: z.int().describe('Longest time of a call'),
  })
  .meta({ id: 'OrderedPolicy', description: 'How far one phone channel may go' });

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

export const orderedBusiness = z
  .object({
    name: z.string().describe('Name of the business'),
    phone: z.string().describe('E.164'),
    timezone: z.string().optional().describe('IANA name; absent: the zones of the number'),
    opening_hours: z
      .array(
        z
          .object({
            days: z.array(weekday).describe('Days of the week'),
            from: z.string().describe('HH:MM'),
            to: z.string().describe('HH:MM, exclusive'),
          })
          .meta({ id: 'OrderedHours', description: 'Hours in which the business is open, on its own clock' }),
      )
      .optional()
      .describe('When the business is open; absent: not known'),
  })
  .meta({ id: 'OrderedBusiness', description: 'The business, as it was ordered' });

const wish = {
  service_type: z.string().describe('The service, such as dentista'),
  preferred_date: z.string().optional().describe('As it was given'),
  preferred_time: z.string().optional().describe('As it was given'),
  user_name: z.string().describe('The person for whom the appointment is'),
  special_requests: z.string().optional().describe('As it was given'),
  acceptable: acceptableSchema.optional().describe('The appointments that the agent may take; absent: any'),
};

const preferredDay = z
  .string()
  .nullable()
  .describe('ISO date that preferred_date meant at the business when the booking was placed; null: no one day');

export const orderedWish = z
  .object({ ...wish, preferred_day: preferredDay })
  .meta({ id: 'OrderedRequest', description: 'The appointment that is wanted, as it was ordered' });

/** The wish of a shortlist: its businesses may differ in the day that the words mean. */
export const shortlistWish = z
  .object({ ...wish, preferred_day: preferredDay.optional() })
  .meta({ id: 'ShortlistWish', description: 'The appointment that is wanted' });

export const agentView = z
  .object({
    prompt: z.string().optional().describe('Replaces the agent’s prompt'),
    first_message: z.string().optional().describe('Replaces the agent’s first message'),
  })
  .meta({ id: 'OrderedAgent', description: 'Texts and limits that replace the agent’s' });

const callbackView = z
  .object({
    enabled: z.boolean().describe('Whether a business is called at the time that it asks for'),
    max_callbacks: z.int().describe('Calls at a time that the business asked for'),
    within_hours: z.int().describe('A business that asks for a later call is not called'),
  })
  .meta({ id: 'OrderedCallback', description: 'Calls at a time that the business asked for' });

const channels = {
  ...phonePolicies,
  simulation: z
    .object({
      enabled: z.boolean().describe('Whether a simulation follows where no channel works'),
      scenario: z.string().optional().describe('How the simulated receptionist answers'),
    })
    .meta({ id: 'OrderedSimulation', description: 'Two agents talk, and nobody is called' }),
};

const escalationView = z
  .object({ ...channels, callback: callbackView })
  .meta({ id: 'OrderedEscalation', description: 'How far each channel may go' });

/** The escalation of a shortlist. */
export const shortlistEscalation = z
  .object({ ...channels, callback: callbackView.optional() })
  .meta({ id: 'ShortlistEscalation', description: 'How far each channel may go, for each candidate' });

/** The order, with its defaults filled in. */
export const orderViewSchema = z
  .object({
    business: orderedBusiness,
    request: orderedWish,
    language: z.string().optional().describe('Language of the talk; absent: the agent’s own'),
    agent: agentView.optional(),
    escalation: escalationView,
    callback_url: z.string().optional().describe('Receives the booking’s messages'),
    not_before: instant.optional().describe('No dial before it'),
    not_after: instant.optional().describe('No dial after it'),
    zones: z.array(z.string()).describe('Time zones whose calling hours are kept'),
  })
  .meta({
    id: 'BookingOrder',
    description: 'The wishes of a booking, with all defaults filled in; they never change',
  }) satisfies z.ZodType<OrderView>;

export const budgetSchema = z
  .object({
    channel: phoneChannel.describe('The channel'),
    enabled: z.boolean().describe('Whether the order uses it'),
    budget_seconds: z.int().describe('A dial may start only within this time'),
    attempts: z.int().describe('Calls so far'),
    max_attempts: z.int().describe('Largest number of calls'),
    started_at: instant.nullable().describe('The channel’s first dial'),
    ends_at: instant.nullable().describe('No dial starts after this; it moves on while the budget stands still'),
  })
  .meta({ id: 'Budget', description: 'How much of a phone channel’s budget is used' }) satisfies z.ZodType<BudgetView>;
