// Every function exported here is a workflow type: nothing else may be.
export { bookAppointment } from './book-appointment.ts';
export { tellClient } from './tell-client.ts';
