/**
 * Places in the API's answers whose words come from the business, or from an agent that listened to it: `*` stands for each element of a
 * list. Their members get a name that begins with `untrusted_`, in values and in schemas.
 */

const under = (place: string, paths: readonly string[]): string[] => paths.map((path) => `${place}.${path}`);

const PROOF = ['date.text', 'time.text', 'agreement.text'];
const OFFERS = ['offers.*.note'];

export const BOOKING_WORDS: readonly string[] = [
  ...under('outcome', ['notes', ...OFFERS, ...under('proof', PROOF), 'doubts.*.cites.*.text']),
  ...under('follow_ups.*', ['report.notes', 'report.said', ...under('report', OFFERS), ...under('proof', PROOF)]),
  'attempts.*.error.message',
];

export const BOOKINGS_WORDS: readonly string[] = under('data.*', BOOKING_WORDS);

export const SHORTLIST_WORDS: readonly string[] = under('outcome.proof', PROOF);

export const TRANSCRIPT_WORDS: readonly string[] = ['turns.*.message'];

export const untrustedName = (name: string): string => `untrusted_${name}`;
