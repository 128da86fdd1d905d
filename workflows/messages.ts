import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Evidence } from '../domain/evidence.ts';
import type { CallingWindow } from '../domain/order.ts';
import type { BookingView } from '../domain/view.ts';

/** A result that an agent reported, over HTTP or over the bridge's socket. */
export const reportResult = defineSignal<[Evidence]>('reportResult');
/** A change of a phone leg's state, as its provider told it. */
export const callStatus = defineSignal<[Evidence]>('callStatus');
/** A conversation's end, as ElevenLabs told it. */
export const postCall = defineSignal<[Evidence]>('postCall');
/** An event of the media bridge. */
export const bridgeEvent = defineSignal<[Evidence]>('bridgeEvent');

/** Asks for the booking to be canceled; rejected with type `BookingFinal` when it has an outcome. */
export const cancel = defineUpdate<BookingView, []>('cancel');

/** The same wish as the update, for when no worker is there to answer: it is kept until one is. */
export const requestCancel = defineSignal<[]>('requestCancel');

/** The booking has got the line of its number, for which it waited. */
export const lineHanded = defineSignal<[]>('lineHanded');

/** The installation's calling hours are others than those that the booking knows of. */
export const windowChanged = defineSignal<[CallingWindow]>('windowChanged');

/** The booking as the API shows it. */
export const state = defineQuery<BookingView>('state');

/** Whether the dial of this call id, which has not left yet, may still leave. */
export const stillWanted = defineQuery<boolean, [string]>('stillWanted');
