import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { Outgoing, PostResult } from '../../callbacks/post.ts';
import { completedMessageId } from '../../domain/batch/ids.ts';
import { iso } from '../../domain/iso.ts';
import { newBatch, waitingRow } from '../records/batch-samples.ts';
import { ACCOUNTS, environment, START, type World, world } from './world.ts';

const ID = 'ba_told';
const HOOK = 'https://client.example/batches';

let here: World;
let sent: Outgoing[];

beforeEach(async () => {
  here = await world();
  sent = [];
  const { records } = here.deps;
  await records.beginBatch(newBatch(ID, { accounts: ACCOUNTS, at: iso(START), settings: { callback_url: HOOK } }));
  await records.putRows(ID, [waitingRow(1)]);
  await records.openBatch(ID, iso(START));
});
afterEach(() => here.end());

const becomes = (status: 'completed' | 'running') => here.deps.records.changeBatch(ID, iso(START), () => ({ status }));

function tell(completion: number, answer: PostResult, attempt = 1) {
  here.deps.callbacks = {
    async post(outgoing) {
      sent.push(outgoing);
      return answer;
    },
  };
  const input = { batch_id: ID, message_id: completedMessageId(ID, completion), until: iso(START + 86_400_000) };
  return environment({ attempt }).run(createActivities(here.deps).tellOfBatch, input);
}

describe('the message that a batch is completed', () => {
  it('has the batch as it is shown, and comes again under its id when it was refused', async () => {
    await becomes('completed');
    await expect(tell(1, { status: 500 })).rejects.toMatchObject({ type: 'NotDelivered', nextRetryDelay: 5_000 });
    expect(await tell(1, { status: 204 }, 2)).toBe('delivered');
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[0]).toMatchObject({ url: HOOK, id: 'msg_ba_told_completed_1' });
    const { view } = (await here.deps.records.batch(ID))!;
    expect(JSON.parse(sent[0]!.body)).toEqual({ type: 'batch.completed', timestamp: view.ended_at, data: view });
  });

  it('is not sent of a batch that new rows have reopened, and once only when it is completed again', async () => {
    await becomes('completed');
    await expect(tell(1, { error: 'ECONNREFUSED' })).rejects.toMatchObject({ type: 'NotDelivered' });
    await becomes('running');
    expect(await tell(1, { status: 204 }, 2)).toBe('given_up');
    await becomes('completed');
    expect(await tell(1, { status: 204 }, 3)).toBe('given_up');
    expect(await tell(2, { status: 204 })).toBe('delivered');
    expect(sent.map(({ id }) => id)).toEqual(['msg_ba_told_completed_1', 'msg_ba_told_completed_2']);
  });
});
