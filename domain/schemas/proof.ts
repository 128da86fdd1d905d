import { z } from 'zod';
import { PROOF_LEVELS, type Proof } from '../result.ts';
import { type Citation, DOUBTS, type Doubt } from '../talk/types.ts';

const citation = z.object({
  text: z.string().describe('The words'),
  role: z.enum(['agent', 'business']).describe('The side that said them'),
  turn: z.int().describe('Counts the transcript’s turns from 0'),
  at_seconds: z.number().nullable().describe('Seconds after the beginning of the talk, if known'),
});

export const citationSchema = citation
  .describe('Words of the talk')
  .meta({ id: 'Citation' }) satisfies z.ZodType<Citation>;

const cited = citation
  .extend({ value: z.string().describe('The day, YYYY-MM-DD, or the time, HH:MM') })
  .meta({ id: 'CitedValue', description: 'A day or a time, and the words that give it' });

export const proofSchema = z
  .object({
    level: z
      .enum(PROOF_LEVELS)
      .describe(
        'stated: the business itself said day and time and gave the slot; agreed: the agent said part or all of it, and the business agreed afterwards; analyzed: the words leave it open, and the provider’s own analysis gives the same day and time; claimed: there is no transcript, or none in a language that is read',
      ),
    date: cited.nullable().describe('The day; null: no words give it'),
    time: cited.nullable().describe('The time; null: no words give it'),
    agreement: citationSchema.nullable().describe('The words of the business that gave the slot; null: there are none'),
  })
  .meta({
    id: 'Proof',
    description: 'The words of the transcript that a confirmation rests on',
  }) satisfies z.ZodType<Proof>;

export const doubtSchema = z
  .object({
    code: z.enum(DOUBTS).describe('The kind of doubt, for programs'),
    cites: z.array(citationSchema).describe('The words of the doubt, the decisive ones first'),
  })
  .meta({ id: 'Doubt', description: 'A reason why a reported appointment is not accepted' }) satisfies z.ZodType<Doubt>;
