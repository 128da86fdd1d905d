import type { ShortlistView } from '../../domain/shortlist/view.ts';
import type { BookingView } from '../../domain/view.ts';
import type { Json } from '../json.ts';
import type { ToolAnswer } from '../tool.ts';
import type { Marks } from '../untrusted/marks.ts';
import { BOOKING_WORDS, SHORTLIST_WORDS } from '../untrusted/names.ts';
import { withUntrustedNames } from '../untrusted/rename.ts';
import { bookingWords, nextOfBooking } from '../words/booking.ts';
import { lines } from '../words/common.ts';
import { nextOfShortlist, shortlistWords } from '../words/shortlist.ts';

interface Notes {
  before?: string | undefined;
  after?: string | undefined;
}

/** A booking of the API as a tool's answer. */
export function shownBooking(booking: Json, marks: Marks, { before, after }: Notes = {}): ToolAnswer {
  const view = booking as unknown as BookingView;
  const next_step = nextOfBooking(view);
  return {
    structured: { ...withUntrustedNames(booking, BOOKING_WORDS), next_step },
    words: lines(before, bookingWords(view, marks), after, next_step),
  };
}

export function shownShortlist(shortlist: Json, { before, after }: Notes = {}): ToolAnswer {
  const view = shortlist as unknown as ShortlistView;
  const next_step = nextOfShortlist(view);
  return {
    structured: { ...withUntrustedNames(shortlist, SHORTLIST_WORDS), next_step },
    words: lines(before, shortlistWords(view), after, next_step),
  };
}
