import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Filters for operators in the Temporal UI. They are not encrypted, so they never contain personal data. */
export const BookingStatusKey = defineSearchAttributeKey('BookingStatus', SearchAttributeType.KEYWORD);
export const BookingChannelKey = defineSearchAttributeKey('BookingChannel', SearchAttributeType.KEYWORD);
export const BookingResultKey = defineSearchAttributeKey('BookingResult', SearchAttributeType.KEYWORD);
