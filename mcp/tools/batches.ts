import { z } from 'zod';
import { ROW_STATUSES } from '../../domain/batch/statuses.ts';
import { type BatchRowView, type BatchView, LIVE_CALLS } from '../../domain/batch/view.ts';
import { batchRequestSchema } from '../../domain/schemas/batch.ts';
import { batchRowPageSchema, batchViewSchema } from '../../domain/schemas/batch-view.ts';
import { idempotencyKey } from '../../domain/schemas/idempotency-key.ts';
import { waitSeconds } from '../../domain/schemas/wait.ts';
import { pathWith } from '../api-port.ts';
import { checked, KEY, split } from '../arguments.ts';
import { acceptedWords, ask, madeBy, make } from '../ask.ts';
import { invalidArguments, notFound } from '../failure.ts';
import type { Json } from '../json.ts';
import { answerSchema, argumentsSchema } from '../json-schema.ts';
import { ENDS, READS, RINGS, type Tool, type ToolAnswer, type ToolCall } from '../tool.ts';
import { read } from '../wait.ts';
import { batchWords, nextOfBatch, rowWords } from '../words/batch.ts';
import { lines } from '../words/common.ts';
import { batchPath, id } from './ids.ts';

const next = { next_step: z.string().describe('The next step') };
const answer = () => answerSchema(batchViewSchema.extend(next));

interface Notes {
  before?: string | undefined;
  note?: string | undefined;
  rows?: Json | undefined;
}

function shownBatch(batch: Json, { before, note, rows }: Notes = {}): ToolAnswer {
  const view = batch as unknown as BatchView;
  const next_step = nextOfBatch(view);
  const page = rows as { data: BatchRowView[]; next_cursor: string | null } | undefined;
  return {
    structured: { ...batch, ...(rows && { rows }), next_step },
    words: lines(
      before,
      batchWords(view),
      page?.data.map(rowWords),
      page?.next_cursor != null && `There are more rows: give rows_cursor ${JSON.stringify(page.next_cursor)}.`,
      note,
      next_step,
    ),
  };
}

const keyed = z.object({ idempotency_key: KEY });

export const createBatch: Tool = {
  name: 'create_batch',
  title: 'Book for every row of a list',
  description:
    'Makes one booking for each row, and phones them within the calling hours, several at once. It rings many real phones and costs money; check_batch first, and give its digest as `check`. `start` `held` rings nobody until control_batch starts it. Answers within two seconds with the batch’s id; with the same idempotency_key the same call may be repeated.',
  hints: RINGS,
  input: () => argumentsSchema(batchRequestSchema, keyed),
  output: answer,
  async run(args, call) {
    const { own, body } = split(args, ['idempotency_key']);
    const { idempotency_key } = checked(keyed, own);
    const accepted = await make(call, { thing: 'batch', body, key: idempotency_key });
    return shownBatch(accepted.made, { before: acceptedWords(accepted) });
  },
};

const looking = z.strictObject({
  batch_id: id('batch').optional(),
  idempotency_key: idempotencyKey.optional().describe('Finds the batch that you made with it, when its id was lost'),
  wait_seconds: waitSeconds.describe('Waits for the end of the batch, for so many seconds at most'),
  rows_limit: z.int().min(0).max(200).default(0).describe('Rows to show, each with its result; 0: none'),
  rows_status: z.enum(ROW_STATUSES).optional().describe('Only rows of this status'),
  rows_cursor: z.string().max(500).optional().describe('next_cursor of the rows before'),
});

async function batchIdIn({ batch_id, idempotency_key }: z.output<typeof looking>, call: ToolCall): Promise<string> {
  if ((batch_id === undefined) === (idempotency_key === undefined)) {
    const message = 'is needed, or idempotency_key: give exactly one of them';
    throw invalidArguments([{ field: 'batch_id', message }]);
  }
  if (batch_id !== undefined) return batch_id;
  const made = await madeBy(call, 'batch', idempotency_key!);
  if (made) return String(made.id);
  throw notFound(
    'You have no batch with this idempotency_key (yet). The call that should have made it may be repeated.',
  );
}

export const getBatch: Tool = {
  name: 'get_batch',
  title: 'Look at a batch',
  description: 'A batch as it is now, with counts, and its rows if rows_limit is given. Calls nobody.',
  hints: READS,
  input: () => argumentsSchema(looking),
  output: () => answerSchema(batchViewSchema.extend({ ...next, rows: batchRowPageSchema.optional() })),
  async run(args, call) {
    const asked = checked(looking, args);
    const path = batchPath(await batchIdIn(asked, call));
    const { answer: batch, note } = await read(call, path, asked.wait_seconds);
    const { rows_limit: limit, rows_status: status, rows_cursor: cursor } = asked;
    const query = pathWith(`${path}/rows`, { limit, status, cursor });
    const rows = limit > 0 ? await ask(call, { method: 'GET', path: query }) : undefined;
    return shownBatch(batch, { note, rows });
  },
};

const control = z.strictObject({
  batch_id: id('batch'),
  action: z.enum(['start', 'pause', 'resume', 'cancel']),
  live_calls: z.enum(LIVE_CALLS).optional().describe('With cancel: `finish` (default), or `hang_up`'),
});

export const controlBatch: Tool = {
  name: 'control_batch',
  title: 'Start, pause, resume or cancel a batch',
  description:
    'start and resume ring phones; pause lets live calls go on; cancel ends the batch for ever. An action that does not fit the batch’s status is refused.',
  hints: ENDS,
  input: () => argumentsSchema(control),
  output: answer,
  async run(args, call) {
    const { batch_id, action, live_calls } = checked(control, args);
    if (live_calls !== undefined && action !== 'cancel') {
      throw invalidArguments([{ field: 'live_calls', message: 'belongs to the action cancel: leave it out' }]);
    }
    const path = `${batchPath(batch_id)}/${action}`;
    const body = live_calls === undefined ? undefined : { live_calls };
    return shownBatch(await ask(call, { method: 'POST', path, body }), { before: `Accepted: ${action}.` });
  },
};
