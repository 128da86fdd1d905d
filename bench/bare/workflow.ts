import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities } from './activities.ts';

const { note } = proxyActivities<BareActivities>({ startToCloseTimeout: '60 s' });

export const finish = defineSignal<[string]>('finish');

/** As little as a workflow can do and still be of the booking's kind: one activity, one signal, a result. */
export async function bare(): Promise<string> {
  let word: string | undefined;
  setHandler(finish, (given) => {
    word = given;
  });
  await note();
  await condition(() => word !== undefined);
  return word!;
}
