import { type Check, fail, off, ok, warn } from './check.ts';

const CREDENTIALS = 'Correct TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; Twilio’s console shows both.';
const NONE = 'no Twilio account is configured: simulations only';

export const TWILIO: Check[] = [
  {
    name: 'Twilio account',
    fix: CREDENTIALS,
    async look(patient) {
      const found = await patient.twilio();
      if (!found) return off(NONE);
      if (found.status !== 'active') return fail(`it is ${found.status}`, 'Fix that in Twilio’s console.');
      if (found.trial) return warn('a trial account can call verified numbers only', 'Upgrade it in Twilio’s console.');
      return ok('active');
    },
  },
  {
    name: 'Twilio number',
    fix: CREDENTIALS,
    async look(patient) {
      const found = await patient.twilio();
      if (!found) return off(NONE);
      if (found.number.kind === 'foreign')
        return fail('it does not belong to this account', 'Buy it there, or correct TWILIO_PHONE_NUMBER.');
      if (found.number.kind === 'verified')
        return warn('a verified caller id, not a number of the account', 'Native calls need a number of the account.');
      if (!found.number.voice) return fail('it cannot make voice calls', 'Use a number with voice.');
      return ok('belongs to the account, with voice');
    },
  },
];
