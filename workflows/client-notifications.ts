import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { iso } from '../domain/iso.ts';
import { isPhone, reachedSomebody } from '../domain/leg.ts';
import { type ClientMessage, failedMessageId, finalMessageId } from '../domain/message.ts';
import { viewOf } from '../domain/render.ts';
import type { BookingState } from '../domain/state.ts';
import type { Waiting } from '../domain/view.ts';
import { tellClient } from './tell-client.ts';

/** Starts the callbacks of a booking whose client gave a `callback_url`, each message once. */
export class ClientNotifications {
  private readonly told: Set<string>;

  constructor(told: readonly string[] = []) {
    this.told = new Set(told);
  }

  /** Ids of the messages that were started: the next run must not send them again. */
  carry(): string[] {
    return [...this.told];
  }

  /** Notifies the client of attempts that rang and reached nobody, while the booking goes on. */
  attemptsFailed(state: BookingState, waiting: Waiting | undefined): void {
    for (const attempt of state.attempts) {
      if (!isPhone(attempt) || attempt.leg !== 'ended' || reachedSomebody(attempt)) continue;
      const view = viewOf(state, waiting);
      const shown = view.attempts.find((each) => each.call_id === attempt.call_id);
      if (shown)
        void this.tell(state, failedMessageId(attempt.call_id), 'booking.attempt_failed', { ...view, attempt: shown });
    }
  }

  final(state: BookingState): Promise<void> {
    return this.tell(state, finalMessageId(state.input.order.id), 'booking.final', viewOf(state));
  }

  private async tell(
    { input }: BookingState,
    id: string,
    type: ClientMessage['type'],
    data: ClientMessage['data'],
  ): Promise<void> {
    if (!input.order.callback_url || this.told.has(id)) return;
    this.told.add(id);
    const message: ClientMessage = {
      id,
      booking_id: input.order.id,
      type,
      timestamp: iso(Date.now()),
      data,
    };
    try {
      await startChild(tellClient, {
        workflowId: id,
        args: [message],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `${type} of ${input.order.id}`,
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}
