// Every function exported here is a workflow type. Export nothing else.
export { auditOutcomes } from './audit-outcomes.ts';
export { bookAppointment } from './book-appointment.ts';
export { eraseBooking } from './erase-booking.ts';
export { followUp } from './follow-up.ts';
export { keepRetention } from './keep-retention.ts';
export { lookAfterBookings } from './look-after-bookings.ts';
export { askShortlist } from './shortlist.ts';
export { tellClient } from './tell-client.ts';
