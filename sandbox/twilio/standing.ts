/** How the account and its number stand with Twilio. */
export interface Standing {
  status: 'active' | 'suspended' | 'closed';
  type: 'Full' | 'Trial';
  /** `verified`: somebody else's number that may be shown; `foreign`: neither. */
  number: 'owned' | 'verified' | 'foreign';
  /** The number may make voice calls. */
  voice: boolean;
}
