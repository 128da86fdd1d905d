/** `ba_…` is the id of a batch, and of its workflow. */
export const isBatchId = (id: unknown): id is string => typeof id === 'string' && /^ba_[a-z0-9]{4,40}$/.test(id);

/** Id of the run that erases a batch. */
export const batchErasureRunId = (batchId: string): string => `erase-${batchId}`;

/** Id of the message that a batch is completed: once for each time that it is. */
export const completedMessageId = (batchId: string, times: number): string => `msg_${batchId}_completed_${times}`;

/** Id of the message that a batch is canceled. */
export const canceledMessageId = (batchId: string): string => `msg_${batchId}_canceled`;

/** The type of a message about a batch, which its id tells. */
export const batchMessageType = (messageId: string): 'batch.completed' | 'batch.canceled' =>
  messageId.endsWith('_canceled') ? 'batch.canceled' : 'batch.completed';
