/** State of the account and its number at Twilio. */
export interface Standing {
  status: 'active' | 'suspended' | 'closed';
  type: 'Full' | 'Trial';
  /** `verified`: a number of another provider that may be shown; `foreign`: neither. */
  number: 'owned' | 'verified' | 'foreign';
  /** The number may make voice calls. */
  voice: boolean;
}
