import { z } from 'zod';
import type { FollowUp } from '../follow-up.ts';
import type { Report } from '../result.ts';
import { instant } from './instant.ts';
import { offerSchema } from './offer.ts';
import { proofSchema } from './proof.ts';
import { callId } from './shared.ts';
import { reportResult } from './words.ts';

const unclearField = z.enum(['confirmed_date', 'confirmed_time']);

export const keptReportSchema = z
  .object({
    result: reportResult.describe('The result, as the agent understood it'),
    confirmed_date: z.string().optional().describe('YYYY-MM-DD'),
    confirmed_time: z.string().optional().describe('HH:MM'),
    time_half_unknown: z.boolean().optional().describe('The clock time is known, but not the half of the day'),
    notes: z.string().optional().describe('Notes of the agent'),
    unclear: z.array(unclearField).optional().describe('Fields whose text could not be used'),
    offers: z.array(offerSchema).optional().describe('Slots that the business offered and the agent did not take'),
    callback_date: z.string().optional().describe('YYYY-MM-DD: the day on which the business wants to be called'),
    callback_time: z.string().optional().describe('HH:MM, by the business’s clock'),
    said: z.partialRecord(unclearField, z.string()).optional().describe('That text, unchanged'),
  })
  .meta({ id: 'KeptReport', description: 'The agent’s report of a talk' }) satisfies z.ZodType<Report>;

export const followUpSchema = z
  .object({
    at: instant.describe('When the business called'),
    call_id: callId,
    report: keptReportSchema.nullable().describe('The agent’s report of this talk; null: none (yet)'),
    proof: proofSchema
      .nullable()
      .describe('Proof of an appointment that the business gave in this talk; null: there is none (yet)'),
  })
  .meta({ id: 'FollowUp', description: 'A call of the business after the outcome' }) satisfies z.ZodType<FollowUp>;
