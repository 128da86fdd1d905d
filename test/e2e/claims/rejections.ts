import { expect } from '@jest/globals';
import { until } from '../../support/until.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { ONLY_BRIDGE } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);

const ONLY_REGISTERED = { native: { enabled: false }, registered: { enabled: true }, bridge: { enabled: false } };

/** A zone in which no midnight is near: there the next day would be inside the budget. */
const timezone = new Date().getUTCHours() < 12 ? 'Asia/Tokyo' : 'America/Argentina/Buenos_Aires';

claim('a call that is declined or blocked is not dialed again on that day, on any channel', async () => {
  const { client, sandbox } = system;
  const ways = [
    { number: '+541143213167', with: {}, channel: 'native', status: 'busy', code: 'sip_603' },
    { number: '+541143213268', with: {}, channel: 'native', status: 'failed', code: 'sip_608' },
    { number: '+541143213367', with: ONLY_REGISTERED, channel: 'registered', status: 'busy', code: 'sip_603' },
    { number: '+541143213468', with: ONLY_BRIDGE, channel: 'bridge', status: 'failed', code: 'sip_608' },
  ];
  await Promise.all(
    ways.map(async ({ number, with: changes, channel, status, code }) => {
      const booking = await client.outcomeOf(number, {
        ...changes,
        business: { name: 'Clínica', phone: number, timezone },
      });
      expect(booking.outcome).toMatchObject({ result: 'unreachable', channel });
      expect(booking.attempts).toMatchObject([{ channel, status, error: { code } }]);
      expect(sandbox.log(number).calls).toHaveLength(1);
    }),
  );
  // An outcome is seen before its record is written, and the count is one of the record.
  const counted = /vocero_calls_rejected_total\{caller="\+[^"]{1,4}…\d\d",sip="603"\} [2-9]/;
  await until(async () => counted.test(await fetch(`${system.url}/metrics`).then((answer) => answer.text())));
});
