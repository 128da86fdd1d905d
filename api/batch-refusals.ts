import { BatchTooLarge } from '../domain/batch/problems.ts';
import type { BatchCheck } from '../domain/schemas/batch-check.ts';
import { Problem } from './problem.ts';

/** A batch whose rows are not accepted: every problem, in the order of the rows. */
export const rejected = ({ problems: found, rows, invalid: wrong, duplicates }: BatchCheck): Problem =>
  new Problem(422, `Not accepted: of ${rows} rows, ${wrong} are invalid and ${duplicates} are duplicates.`, {
    errors: [
      {
        field: 'rows',
        message: `${found.length === 1 ? 'has a problem' : `have ${found.length} problems`}: see problems`,
      },
    ],
    more: { problems: found },
  });

export const tooLarge = (error: unknown): never => {
  if (error instanceof BatchTooLarge) throw new Problem(413, error.message);
  throw error;
};

/** Other rows than those that were checked. */
export const differs = ({ check }: Pick<BatchCheck, 'check'>): Problem =>
  new Problem(409, `This is not what was checked: its digest is ${check}. Check it again, and look at the answer.`);
