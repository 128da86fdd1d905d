/** What holds of one running product, shown by bookings that do not disturb each other. One of them alone: `-t 'its name'`. */
// The longest first: they begin in this order.
import './claims/endurance.ts';
import './claims/channels.ts';
import './claims/registered.ts';
import './claims/rejections.ts';
import './claims/evidence.ts';
import './claims/proof.ts';
import './claims/erasure.ts';
import './claims/intrusion.ts';
import './claims/on-hold.ts';
import './claims/parents.ts';
import './claims/callbacks.ts';
import './claims/ring-back.ts';
import './claims/cancel-at-once.ts';
