import { batchRequestSchema } from '../../domain/schemas/batch.ts';
import { type BatchCheck, batchCheckSchema } from '../../domain/schemas/batch-check.ts';
import { ask } from '../ask.ts';
import { answerSchema, argumentsSchema } from '../json-schema.ts';
import { READS, type Tool } from '../tool.ts';
import { lines, plain } from '../words/common.ts';

/** Enough to correct a list by. All are in the structured answer. */
const TOLD = 50;

export const checkBatch: Tool = {
  name: 'check_batch',
  title: 'Check a list of bookings',
  description:
    'Checks every row of a list, and gives a digest `check`: create_batch with it runs only what was checked. Calls nobody, stores nothing.',
  hints: READS,
  input: () => argumentsSchema(batchRequestSchema),
  output: () => answerSchema(batchCheckSchema),
  async run(args, call) {
    const structured = await ask(call, { method: 'POST', path: '/v1/batches/check', body: args });
    const { rows, valid, invalid, duplicates, problems, check } = structured as BatchCheck;
    return {
      structured,
      words: lines(
        'Nothing was stored, and nobody was called.',
        `${rows} row(s): ${valid} valid, ${invalid} invalid, ${duplicates} duplicate(s).`,
        problems.slice(0, TOLD).map(({ row, field, message }) => plain(`- row ${row}: ${field} ${message}`)),
        problems.length > TOLD && `and ${problems.length - TOLD} more problems.`,
        valid > 0 &&
          `To run exactly this, call create_batch with the same arguments and check ${JSON.stringify(check)}.`,
      ),
    };
  },
};
