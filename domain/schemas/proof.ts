import { z } from 'zod';
import { PROOF_LEVELS, type Proof } from '../result.ts';
import { type Citation, DOUBTS, type Doubt } from '../talk/types.ts';

const citation = z.object({
  text: z.string(),
  role: z.enum(['agent', 'business']),
  turn: z.int().describe('Counts the transcript’s turns from 0'),
  at_seconds: z.number().nullable(),
});

export const citationSchema = citation
  .describe('Words of the talk')
  .meta({ id: 'Citation' }) satisfies z.ZodType<Citation>;

const claim = (value: string) => citation.extend({ value: z.string().describe(value) }).nullable();

export const proofSchema = z
  .object({
    level: z
      .enum(PROOF_LEVELS)
      .describe(
        'stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read',
      ),
    date: claim('YYYY-MM-DD'),
    time: claim('HH:MM'),
    agreement: citationSchema.nullable(),
  })
  .meta({ id: 'Proof' }) satisfies z.ZodType<Proof>;

export const doubtSchema = z
  .object({
    code: z.enum(DOUBTS),
    cites: z.array(citationSchema).describe('The words of the doubt, the decisive ones first'),
  })
  .meta({ id: 'Doubt' }) satisfies z.ZodType<Doubt>;
