import { expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Bridge } from '../../bridge/interface.ts';
import { finish, PUBLIC_URL, withAttempt } from '../api/support.ts';
import { ALICE, attackedApi, TWILIO_TOKEN } from './support.ts';

let prepared = 0;
/** Opens an agent's socket each time, which costs money. */
const bridge = {
  prepare: () => void prepared++,
  release: () => undefined,
} as unknown as Bridge;

const api = attackedApi(() => {
  prepared = 0;
  return { deps: { bridge } };
});

it('a recorded word that the phone rings opens one agent’s socket, also after the call and after the outcome', async () => {
  const id = await api.world.book(ALICE);
  const callId = withAttempt(api.world, id);
  const path = `/webhook/voice/status?call_id=${callId}`;
  const tell = async (CallStatus: string, SequenceNumber: string): Promise<void> => {
    const form = { CallSid: `CA${'0123456789abcdef'.repeat(2)}`, CallStatus, SequenceNumber };
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(TWILIO_TOKEN, PUBLIC_URL + path, form),
    };
    const answer = await api.send('POST', path, { headers, body: new URLSearchParams(form).toString() });
    expect(answer.status).toBe(204);
  };
  const ring = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await tell('ringing', '1');
  };
  await ring();
  expect(prepared).toBe(1);
  await tell('completed', '2');
  await ring();
  // The bridge has left and another process has its place: it, too, has nothing to do with a call that is over.
  await api.world.records.leaveBridge('bridge-here');
  await api.world.records.beatBridge({
    id: 'bridge-here',
    url: 'wss://vocero.example',
    live: 0,
    draining: false,
    now: new Date().toISOString(),
    calls: [],
  });
  await ring();
  await finish(api.world, id);
  await ring();
  expect(prepared).toBe(1);
});
