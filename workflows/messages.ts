import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Evidence } from '../domain/evidence.ts';
import type { CallingWindow } from '../domain/order.ts';
import type { BookingView } from '../domain/view.ts';

/** A report of an agent, over HTTP or over the bridge's socket. */
export const reportResult = defineSignal<[Evidence]>('reportResult');
/** A change of a phone leg's state, from its provider. */
export const callStatus = defineSignal<[Evidence]>('callStatus');
/** The end of a conversation, from ElevenLabs. */
export const postCall = defineSignal<[Evidence]>('postCall');
/** An event of the media bridge. */
export const bridgeEvent = defineSignal<[Evidence]>('bridgeEvent');

/** Requests the cancel of the booking. Rejected with type `BookingFinal` when it has an outcome. */
export const cancel = defineUpdate<BookingView, []>('cancel');

/** Requests the cancel when no worker answers the update: Temporal keeps the signal until one does. */
export const requestCancel = defineSignal<[]>('requestCancel');

/** A booking of this parent has its outcome, or a review. Its argument is the booking's id. */
export const childEnded = defineSignal<[string]>('childEnded');

/** The booking now holds the line for which it waited. */
export const lineHanded = defineSignal<[]>('lineHanded');

/** The installation's calling window differs from the one that the booking has. */
export const windowChanged = defineSignal<[CallingWindow]>('windowChanged');

/** The order has another `not_after`: ISO 8601, UTC; null: none. */
export const notAfterChanged = defineSignal<[string | null]>('notAfterChanged');

/** The booking as the API shows it. */
export const state = defineQuery<BookingView>('state');

/** True while the dial of this call id, which has not left yet, may still leave. */
export const stillWanted = defineQuery<boolean, [string]>('stillWanted');

/** Something of a batch has changed in the database: its status, its settings or its rows. */
export const batchChanged = defineSignal<[]>('batchChanged');
