/** Live mode, both providers on loopback; waits that a test can wait for. */
export const LIVE = {
  CALLING_WINDOW: '00:00-24:00',
  RECONCILE_SECONDS: '2',
  SETTLE_SECONDS: '2',
  TWILIO_CALLS_PER_SECOND: '50',
  ELEVENLABS_CALLS_PER_SECOND: '50',
};
