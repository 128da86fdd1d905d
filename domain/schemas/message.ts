import { z } from 'zod';
import { MESSAGE_TYPES, type MessageRecord } from '../message.ts';
import { instant } from './instant.ts';

export const messageSchema = z
  .object({
    id: z.string().describe('The header webhook-id of each delivery'),
    type: z.enum(MESSAGE_TYPES),
    timestamp: instant,
    state: z
      .enum(['pending', 'delivered', 'given_up'])
      .describe('given_up: after a day, or when the receiver answered 410'),
    deliveries: z.array(
      z.object({
        at: instant,
        status: z.int().nullable().describe('HTTP status of the answer'),
        error: z.string().nullable().describe('Why there was no answer'),
      }),
    ),
  })
  .meta({ id: 'Message' }) satisfies z.ZodType<MessageRecord>;

export const messagesSchema = z.object({ data: z.array(messageSchema) });
