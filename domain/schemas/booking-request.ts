import { z } from 'zod';
import { CALLBACK_DEFAULTS } from '../callback-policy.ts';
import { byPhoneChannel, CHANNELS, PHONE, type PhoneChannel } from '../channels.ts';
import { isNoSuchDay } from '../no-such-day.ts';
import type { BookingOrder, Escalation } from '../order.ts';
import { checkPhoneNumber } from '../phone-number.ts';
import { zoneExists } from '../zones.ts';
import { acceptableSchema } from './acceptable.ts';
import { moment } from './moment.ts';
import { openingHours } from './opening-hours.ts';
import { PROMPT_MAX, TEXT_MAX, text } from './text.ts';

/** Largest number of keys in a booking's `metadata`. */
const METADATA_KEYS = 50;

const required = text({ max: TEXT_MAX });
const optional = text({ max: TEXT_MAX, min: 0 });

/** A number that may be dialed, E.164. */
export const phone = z
  .string()
  .superRefine((value, context) => {
    const checked = checkPhoneNumber(value);
    if (!checked.ok) context.addIssue({ code: 'custom', message: checked.reason });
  })
  .meta({ description: 'E.164: + and digits only', examples: ['+541143211234'], pattern: '^\\+[1-9][0-9]{6,14}$' });

const timezone = z
  .string()
  .refine(
    zoneExists,
    'is not a time zone: give the IANA name of a place, such as America/Argentina/Buenos_Aires; abbreviations such as ART and offsets such as GMT-3 are not accepted',
  )
  .meta({
    description: 'IANA name of the business’s time zone, no abbreviation; default: the zones of its number',
    examples: ['Europe/Madrid'],
  });

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language code such as "es", "en" or "pt-br"')
  .meta({
    description:
      'Language of the talk. If the agent does not speak it, the answer’s `warnings` say so. Default: the agent’s own',
    examples: ['es'],
  });

export const callbackUrl = text({ max: TEXT_MAX })
  .refine((value) => !/\s/.test(value), 'must not contain spaces or line breaks: write them as %20 or %0A')
  .refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  }, 'must be an absolute http(s) URL without user and password')
  .meta({
    format: 'uri',
    description: 'Receives signed messages (see the webhooks): a public http(s) address without user and password',
    examples: ['https://client.example/hooks/bookings'],
  });

const seconds = (from: number, to: number, fallback: number) => z.int().min(from).max(to).default(fallback);

type PhoneChannelWords = Pick<(typeof PHONE)[PhoneChannel], 'title' | 'about' | 'defaults'>;

/** One phone channel's policy, with the contract's ranges. */
const phonePolicy = (channel: PhoneChannel, { title, about, defaults }: PhoneChannelWords) =>
  z
    .strictObject({
      enabled: z.boolean().default(defaults.enabled).describe('Whether this channel is used'),
      budget_seconds: seconds(1, 86_400, defaults.budget_seconds).describe(
        'A dial may start only within this time, which counts from the channel’s first dial',
      ),
      max_attempts: z.int().min(1).max(10).default(defaults.max_attempts).describe('Largest number of calls'),
      redial_delay_seconds: seconds(1, 21_600, defaults.redial_delay_seconds).describe(
        'Pause after a call that reached nobody',
      ),
      ring_seconds: seconds(5, 120, defaults.ring_seconds).describe('Longest time that a phone rings'),
      max_call_seconds: seconds(30, 3_600, defaults.max_call_seconds).describe('Longest time of a call'),
    })
    .meta({
      id: `${capitalized(channel)}Policy`,
      description: `How far the channel ${channel} may go (${title}: ${about})`,
    });

const capitalized = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

/**
 * A channel that is off by default stays out of a request that does not name it. A repeated Idempotency-Key is compared by the request with
 * its defaults, so these must not change with new channels.
 */
function channelPolicy(channel: PhoneChannel) {
  const policy = phonePolicy(channel, PHONE[channel]);
  return PHONE[channel].defaults.enabled ? policy.prefault({}) : policy.optional();
}

/** Stays out of a request that does not name it, like a channel that is off by default. */
const callback = z
  .strictObject({
    enabled: z
      .boolean()
      .default(CALLBACK_DEFAULTS.enabled)
      .describe('Whether a business that asks to be called at some time is called then'),
    max_callbacks: z
      .int()
      .min(0)
      .max(5)
      .default(CALLBACK_DEFAULTS.max_callbacks)
      .describe('Calls at a time that the business asked for'),
    within_hours: z
      .int()
      .min(1)
      .max(336)
      .default(CALLBACK_DEFAULTS.within_hours)
      .describe('A business that asks for a later call is not called'),
  })
  .meta({ id: 'CallbackPolicy', description: 'Calls at a time that the business asked for' });

const escalation = z
  .strictObject({
    ...byPhoneChannel(channelPolicy),
    simulation: z
      .strictObject({
        enabled: z.boolean().default(true).describe('Whether a simulation follows where no channel works'),
        scenario: optional.optional().describe('How the simulated receptionist answers'),
      })
      .meta({ id: 'SimulationPolicy', description: 'Two agents talk, and nobody is called. It is marked as simulated' })
      .prefault({}),
    callback: callback.optional(),
  })
  .refine((value) => CHANNELS.some((channel) => value[channel]?.enabled), {
    message: `at least one of ${CHANNELS.slice(0, -1).join(', ')} and ${CHANNELS.at(-1)} must be enabled`,
  })
  .meta({
    id: 'Escalation',
    description: 'The channels in the order in which they are tried, and how far each may go',
  })
  .prefault({}) satisfies z.ZodType<Escalation>;

export const metadata = z
  .record(text({ max: 100 }), text({ max: TEXT_MAX, min: 0 }))
  .refine((value) => Object.keys(value).length <= METADATA_KEYS, `must have at most ${METADATA_KEYS} keys`)
  .default({})
  .describe(`Data of the client, returned unchanged; at most ${METADATA_KEYS} keys`);

export const businessSchema = z
  .strictObject({
    name: required.describe('Name of the business, as the agent says it'),
    phone,
    timezone: timezone.optional(),
    opening_hours: openingHours.optional(),
  })
  .meta({ id: 'Business', description: 'The business to call' });

export const wishSchema = z
  .strictObject({
    service_type: required.describe('The service, as people say it').meta({ examples: ['dentista'] }),
    preferred_date: optional
      .refine((day) => !isNoSuchDay(day), 'must be a date that exists, or words: the calendar has no such day')
      .optional()
      .describe('Words or a date; they count from now, in the business’s time zone')
      .meta({ examples: ['mañana'] }),
    preferred_time: optional
      .optional()
      .describe('Words or a time')
      .meta({ examples: ['por la tarde'] }),
    user_name: required.describe('The person for whom the appointment is').meta({ examples: ['Mauro'] }),
    special_requests: optional.optional().describe('Anything else that the agent should say or ask'),
    acceptable: acceptableSchema.optional(),
  })
  .meta({ id: 'AppointmentRequest', description: 'The appointment that is wanted' });

const agentSchema = z
  .strictObject({
    prompt: text({ max: PROMPT_MAX }).optional().describe('Replaces the agent’s prompt; `{{variables}}` are filled in'),
    first_message: text({ max: TEXT_MAX })
      .optional()
      .describe('Replaces the agent’s first message; a disclosure that an AI assistant calls is put before it'),
  })
  .meta({ id: 'AgentOverrides', description: 'Sent to the agent only where they are given' });

export const BOOKING_EXAMPLE = {
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', preferred_date: 'mañana', preferred_time: 'por la tarde', user_name: 'Mauro' },
};

/** The body of `POST /v1/bookings`. Unknown keys are refused, defaults are filled in. */
export const bookingRequestSchema = z
  .strictObject({
    business: businessSchema,
    request: wishSchema,
    language: language.optional(),
    agent: agentSchema.optional(),
    escalation,
    callback_url: callbackUrl.optional(),
    metadata,
    not_before: moment('No dial before it. A local time counts in the business’s zone').optional(),
    not_after: moment(
      'No dial after it: a booking for which nobody was rung by then is expired. A local time counts in the business’s zone',
    ).optional(),
  })
  .meta({
    id: 'BookingRequest',
    description: 'An appointment to book by phone. Only business and request are needed',
    examples: [BOOKING_EXAMPLE],
  });

export type BookingRequest = z.output<typeof bookingRequestSchema>;

/** An order is an accepted request: the schema's result must fit it. */
export const orderOf = (
  request: BookingRequest,
  accepted: Pick<BookingOrder, 'id' | 'zones' | 'created_at' | 'not_before' | 'not_after'>,
): BookingOrder => ({ ...request, ...accepted });
