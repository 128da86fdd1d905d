/** The activities of its run, without the message to the client. */
export const ACTIVITIES = [
  'candidateHours',
  'placeCandidate',
  'candidateEnding',
  'cancelCandidate',
  'saveShortlist',
  'recallShortlist',
] as const;

/** Every disaster that a long run must have met, as it is counted. */
export const DISASTERS: readonly string[] = [
  ...[...ACTIVITIES, 'tellShortlistClient'].flatMap((name) =>
    ['fails', 'dies_before', 'dies_after', 'late'].map((fate) => `${name} ${fate}`),
  ),
  ...['lost', 'late', 'twice'].map((fate) => `signal ${fate}`),
  ...['refused', 'answer_lost'].map((fate) => `start ${fate}`),
  ...['gives', 'doubtful', 'nothing'].map((says) => `rings back: ${says}`),
  ...['confirmed', 'declined'].map((result) => `review ${result}`),
  ...['database away', 'standstill', 'run is gone', 'run resumed', 'run set back', 'booking erased', 'cancel lost'],
  ...['canceled by the client', 'the same request again', 'client fails', 'asked once more', 'simulation'],
  ...['confirmed', 'needs_review', 'callback_requested', 'declined', 'unreachable', 'expired', 'error', 'canceled'].map(
    (result) => `booking ${result}`,
  ),
  ...['confirmed', 'none_confirmed', 'expired', 'canceled', 'error', 'needs_review'].map((end) => `shortlist ${end}`),
];
