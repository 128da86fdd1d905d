import { z } from 'zod';
import { MESSAGE_TYPES, type MessageRecord } from '../message.ts';
import { instant } from './instant.ts';

export const messageSchema = z
  .object({
    id: z.string().describe('The header webhook-id of each delivery'),
    type: z.enum(MESSAGE_TYPES).describe('The kind of message: see the webhooks'),
    timestamp: instant.describe('Time of the fact that it tells'),
    state: z
      .enum(['pending', 'delivered', 'given_up'])
      .describe('given_up: after a day, or when the receiver answered 410'),
    deliveries: z
      .array(
        z
          .object({
            at: instant.describe('When it was sent'),
            status: z.int().nullable().describe('HTTP status of the answer'),
            error: z.string().nullable().describe('Why there was no answer'),
          })
          .meta({ id: 'Delivery', description: 'One try to deliver a message' }),
      )
      .describe('Every try, in order'),
  })
  .meta({
    id: 'Message',
    description: 'A message to a callback_url, and what became of it',
  }) satisfies z.ZodType<MessageRecord>;

export const messagesSchema = z
  .object({ data: z.array(messageSchema).describe('In the order in which they were made') })
  .meta({ id: 'MessageList' });
