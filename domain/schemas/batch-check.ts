import { z } from 'zod';
import { type BatchProblem, PROBLEM_CODES } from '../batch/problems.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const batchProblemSchema = z
  .object({
    row: z.int().describe('Data rows count from 1; 0: the header, or the whole table'),
    line: z.int().optional().describe('Line of the file on which the row begins; the first line is 1'),
    field: z.string().describe('The column’s name, or the last part of the JSON path'),
    code: z
      .enum(PROBLEM_CODES)
      .describe('The kind of fault, for programs; invalid: any other rule of a booking’s fields'),
    message: z.string().describe('Continues the field’s name, and says the remedy'),
  })
  .meta({ id: 'BatchProblem' }) satisfies z.ZodType<BatchProblem>;

/** The answer of `POST /v1/batches/check`. `rows` is the sum of `valid`, `invalid` and `duplicates`. */
export const batchCheckSchema = z
  .object({
    rows: z.int().describe('Number of data rows'),
    valid: z.int().describe('Rows that can be booked'),
    invalid: z.int().describe('Rows with a fault'),
    duplicates: z.int().describe('Rows with the number or key of an earlier row'),
    problems: z.array(batchProblemSchema).describe('Every problem, in the order of the rows'),
    encoding: z.enum(ENCODINGS).optional().describe('Of a file: how its text was read'),
    delimiter: z.enum(DELIMITERS).optional().describe('Of a file: the character between its cells'),
    check: z.string().describe('Digest of rows, defaults and default_country'),
  })
  .meta({ id: 'BatchCheck' });
export type BatchCheck = z.output<typeof batchCheckSchema>;
