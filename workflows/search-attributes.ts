import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What operators filter by in the Temporal UI. Never personal data: these are not encrypted. */
export const BookingStatusKey = defineSearchAttributeKey('BookingStatus', SearchAttributeType.KEYWORD);
export const BookingChannelKey = defineSearchAttributeKey('BookingChannel', SearchAttributeType.KEYWORD);
export const BookingResultKey = defineSearchAttributeKey('BookingResult', SearchAttributeType.KEYWORD);
