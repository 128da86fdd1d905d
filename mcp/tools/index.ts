import type { Tool } from '../tool.ts';
import { addDoNotCall } from './add-do-not-call.ts';
import { controlBatch, createBatch, getBatch } from './batches.ts';
import { bookAppointment } from './book-appointment.ts';
import { bookFirstAvailable } from './book-first-available.ts';
import { cancelBooking } from './cancel-booking.ts';
import { checkBatch } from './check-batch.ts';
import { checkBooking } from './check-booking.ts';
import { getBooking } from './get-booking.ts';
import { getTranscript } from './get-transcript.ts';
import { listBookings, listReviews } from './list-bookings.ts';
import { settleReview } from './settle-review.ts';

/** In the order in which clients show them. */
export const TOOLS: readonly Tool[] = [
  checkBooking,
  bookAppointment,
  bookFirstAvailable,
  getBooking,
  listBookings,
  cancelBooking,
  getTranscript,
  checkBatch,
  createBatch,
  getBatch,
  controlBatch,
  addDoNotCall,
  listReviews,
  settleReview,
];
