import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Registration } from '../../providers/interface.ts';
import { escalationOf } from '../support/escalation.ts';
import { twilioRequest, type World, withAttempt, world } from './support.ts';

const TWIML =
  '<?xml version="1.0"?><Response><Connect><Stream url="wss://api.elevenlabs.io/v1/convai/twilio/stream/a"/></Connect></Response>';
const SID = 'CA0123456789abcdef0123456789abcdef';

let w: World;
let warmed: string[];
let asked: { call_id: string; from: string }[];
let answer: Registration;

beforeEach(async () => {
  warmed = [];
  asked = [];
  answer = { ok: true, twiml: TWIML };
  const bridge = {
    prepare: (callId: string) => warmed.push(callId),
    release() {},
    upgrade() {},
    live: () => 0,
    close: async () => {},
  };
  w = await world({
    deps: {
      bridge: bridge as never,
      registerCall: async ({ call_id, from }) => {
        asked.push({ call_id, from });
        return answer;
      },
    },
  });
});
afterEach(() => w.close());

const post = (path: string, more: Record<string, string> = {}) =>
  w.app.inject(
    twilioRequest(path, {
      CallSid: SID,
      CallStatus: 'in-progress',
      From: '+15005550006',
      To: '+541143211234',
      ...more,
    }),
  );
const voice = (callId: string, resume = 0) =>
  post(`/webhook/voice/outbound?call_id=${callId}${resume ? `&resume=${resume}` : ''}`);

const call = async (): Promise<string> => {
  const id = await w.book('alice', { escalation: escalationOf({ registered: { enabled: true } }) });
  const callId = withAttempt(w, id, { channel: 'registered', media: null });
  const dial = { call_id: callId, run_id: 'run', channel: 'registered', caller: null } as const;
  await w.records.claimDial({ ...dial, at: '2026-11-23T12:00:00.000Z', known: [1], phone_hashes: ['none'] });
  return callId;
};

const media = async (callId: string) =>
  (await w.records.evidence(callId.split('.')[0]!)).filter(({ kind }) => kind === 'media');

describe('a registered call that was answered', () => {
  it('is handed to ElevenLabs, once asked, and the record says so', async () => {
    const callId = await call();
    expect((await voice(callId)).body).toBe(TWIML);
    expect(asked).toEqual([{ call_id: callId, from: '+15005550006' }]);
    expect(await media(callId)).toMatchObject([{ media: 'provider', call_sid: SID }]);
  });

  it('is bridged by us where ElevenLabs does not take it: the same call, and the reason is kept', async () => {
    answer = { ok: false, problem: { code: 'not_registered', message: 'it answered 503' } };
    const callId = await call();
    expect((await voice(callId)).body).toContain(`/ws/media-stream/${callId}`);
    expect(await media(callId)).toMatchObject([{ media: 'bridge', problem: { code: 'not_registered' } }]);
  });

  it('is registered twice at most, however often its instructions are asked for', async () => {
    const callId = await call();
    for (let n = 0; n < 4; n++) await voice(callId);
    expect(asked).toHaveLength(2);
  });

  it('warms no agent of ours while it rings', async () => {
    const callId = await call();
    await post(`/webhook/voice/status?call_id=${callId}`, { CallStatus: 'ringing' });
    expect(warmed).toEqual([]);
  });
});
