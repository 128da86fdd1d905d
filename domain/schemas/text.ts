import { z } from 'zod';

/** Control characters that our texts never need: databases refuse NUL, terminals execute escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Number of characters as a person counts them (code points), like JSON Schema's `maxLength`. */
const characters = (text: string): number => {
  let n = 0;
  for (const _ of text) n++;
  return n;
};

/** The fault of a text, in the `params` of its issue, for programs. */
export type TextFault = 'missing' | 'too_long';

interface TextLimits {
  max: number;
  min?: number;
}

/** Trimmed text of `min` (default 1) to `max` characters, well-formed Unicode, without control characters. */
export function text({ max, min = 1 }: TextLimits) {
  return z
    .string()
    .trim()
    .superRefine((value, context) => {
      if (value.length < min) {
        context.addIssue({
          code: 'custom',
          message: min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
          params: { fault: 'missing' satisfies TextFault },
        });
      }
      if (value.length > max && (value.length > 2 * max || characters(value) > max)) {
        context.addIssue({
          code: 'custom',
          message: `must have at most ${max} characters`,
          params: { fault: 'too_long' satisfies TextFault },
        });
      }
      if (CONTROL.test(value)) context.addIssue({ code: 'custom', message: 'must not contain control characters' });
      if (!value.isWellFormed()) context.addIssue({ code: 'custom', message: 'must be well-formed Unicode' });
    })
    .meta({ minLength: min, maxLength: max });
}

/** The contract's limit for texts without a specific one. */
export const TEXT_MAX = 1_000;
export const PROMPT_MAX = 20_000;
