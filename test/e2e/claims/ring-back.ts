import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { BookingView } from '../../../domain/view.ts';
import { type WebServer, webServer } from '../../providers/web-server.ts';
import { until } from '../../support/until.ts';
import { ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../support/client.ts';
import { CALLBACK_SECRET, system } from '../support/shared-system.ts';

const LIMIT_MS = 90_000;
/** Nobody is dialed a second time while a test lasts. */
const ONCE = { redial_delay_seconds: 600, budget_seconds: 3_600, max_attempts: 2 };
const MISSED = { callee: 'no-answer', ring_ms: 100 } as const;
const OF: Record<'native' | 'bridge', Wish> = {
  native: { ...ONLY_NATIVE, native: ONCE },
  bridge: { ...ONLY_BRIDGE, bridge: ONCE },
};

/** Of the whole file: tests that run at once begin before what stands in a `describe`. */
let client: WebServer;
beforeAll(async () => {
  client = await webServer(({ json }) => json(200, {}));
});
afterAll(() => client.close());

const callOf = (number: string, sid: string) => system.sandbox.log(number).calls.find((call) => call.call_sid === sid);

/** Waits for the end of a call to our number. */
const ended = (number: string, sid: string) =>
  until(() => (callOf(number, sid)?.ended ? callOf(number, sid) : undefined), 60_000, 'the end of the call to us');

/** A booking whose business did not answer the first call. */
async function missed(number: string, channel: 'native' | 'bridge', wish: Wish = {}): Promise<BookingView> {
  system.sandbox.scenario({ number, ...MISSED });
  const { id } = await system.client.book(number, { ...OF[channel], ...wish });
  return system.client.until(id, ({ attempts }) => attempts[0]?.status === 'no_answer');
}

const conversations = (number: string) => system.sandbox.log(number).conversations;

describe.each([
  ['twilio', 'bridge', '+541143214301'],
  ['elevenlabs', 'native', '+541143214302'],
] as const)('a missed business that rings back over %s', (via, channel, number) => {
  it.concurrent(
    'reaches the agent, which says first why it had called, and its answer is the booking’s',
    async () => {
      const { id } = await missed(number, channel);
      const sid = system.sandbox.ringBack({ number, via });
      const view = await system.client.final(id);
      expect(view.outcome).toMatchObject({ result: 'confirmed', channel, proof: { level: 'stated' } });
      expect(view.attempts).toMatchObject([
        { direction: 'outbound', status: 'no_answer' },
        { direction: 'inbound', status: 'completed', channel, call_sid: sid, call_id: `${id}.9001`, attempt: 1 },
      ]);
      expect(view.follow_ups).toEqual([]);
      const [first] = await system.client.transcript(id);
      expect(first?.message).toMatch(/inteligencia artificial.*había llamado de parte de Mauro.*dentista/);
      expect(system.sandbox.log(number).notes).toEqual([]);
    },
    LIMIT_MS,
  );
});

it.concurrent(
  'what a business that rings back declines, books or forbids is what the booking says',
  async () => {
    const number = '+541143214303';
    const { id } = await missed(number, 'bridge');
    system.sandbox.ringBack({ number, callee: 'do-not-call' });
    expect((await system.client.final(id)).outcome?.result).toBe('do_not_call');
    expect((await system.client.outcomeOf(number, ONLY_NATIVE)).outcome?.result).toBe('do_not_call');
  },
  LIMIT_MS,
);

it.concurrent(
  'a cancel hangs up the talk of a business that rang back',
  async () => {
    const number = '+541143214304';
    const { id } = await missed(number, 'bridge');
    system.sandbox.scenario({ number, talk_ms: 60_000 });
    const sid = system.sandbox.ringBack({ number });
    await system.client.until(id, ({ attempts }) => attempts[1]?.status === 'in_progress');
    await system.client.send('POST', `/v1/bookings/${id}/cancel`);
    expect((await system.client.final(id)).outcome?.result).toBe('canceled');
    expect((await ended(number, sid))?.ended_by).toBe('api');
  },
  LIMIT_MS,
);

it.concurrent(
  'while our phone rings at the business, its call comes first: ours is hung up, and only then it is joined to an agent',
  async () => {
    const number = '+541143214305';
    system.sandbox.scenario({ number, callee: 'no-answer', hold: 'ringing' });
    const { id } = await system.client.book(number, OF.bridge);
    await system.client.until(id, ({ attempts }) => attempts[0]?.status === 'ringing');
    system.sandbox.ringBack({ number });
    const view = await system.client.final(id);
    expect(view.outcome).toMatchObject({ result: 'confirmed' });
    expect(view.attempts.map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
    const [ours] = system.sandbox.log(number).calls;
    expect(ours).toMatchObject({ direction: 'outbound', ended_by: 'api', answered: null });
    expect(conversations(number).filter(({ transcript }) => (transcript as unknown[]).length > 0)).toHaveLength(1);
  },
  LIMIT_MS,
);

describe('a second caller', () => {
  it.concurrent(
    'of a business that talks to us hears so, and gets no second agent',
    async () => {
      const number = '+541143214306';
      const { id } = await missed(number, 'bridge');
      system.sandbox.scenario({ number, talk_ms: 20_000 });
      system.sandbox.ringBack({ number });
      await system.client.until(id, ({ attempts }) => attempts[1]?.status === 'in_progress');
      const second = await ended(number, system.sandbox.ringBack({ number }));
      expect(second).toMatchObject({ streams: 0, said: [expect.stringMatching(/otra línea/)] });
      const view = await system.client.final(id);
      expect(view.outcome?.result).toBe('confirmed');
      expect(view.attempts).toHaveLength(2);
    },
    LIMIT_MS,
  );
});

describe('a business that calls after the outcome', () => {
  it.concurrent.each([
    ['twilio', '+541143214311'],
    ['elevenlabs', '+541143214312'],
  ] as const)(
    'over %s is followed: the outcome stays, the talk stands beside it, and the client is told',
    async (via, number) => {
      const { id, outcome } = await system.client.outcomeOf(number, { ...OF.native, callback_url: client.url });
      const said = await system.client.transcript(id);
      expect(outcome).toMatchObject({ result: 'confirmed' });
      system.sandbox.ringBack({ number, via, callee: 'answer-and-decline' });
      const view = await system.client.until(
        id,
        ({ follow_ups }) => follow_ups[0]?.report !== undefined && follow_ups[0]?.report !== null,
      );
      expect(view.outcome).toEqual(outcome);
      expect(view.attempts).toHaveLength(1);
      expect(view.follow_ups).toMatchObject([{ call_id: `${id}.9001`, report: { result: 'declined' }, proof: null }]);
      expect(await system.client.transcript(id)).toEqual(said);
      const { body } = await system.client.send('GET', `/v1/bookings/${id}/transcript?call_id=${id}.9001`);
      expect((body.turns as unknown[]).length).toBeGreaterThan(1);
      const message = () =>
        client.seen
          .filter(({ headers }) => headers['webhook-id'] === `msg_${id}.9001_followed_up`)
          .map(({ headers, body: sent }) =>
            new Webhook(CALLBACK_SECRET).verify(sent, headers as Record<string, string>),
          )[0];
      expect(await until(message, 30_000, 'the message')).toMatchObject({
        type: 'booking.followed_up',
        data: { id, outcome, follow_up: { call_id: `${id}.9001`, report: { result: 'declined' } } },
      });
    },
    LIMIT_MS,
  );

  it.concurrent(
    'and gives an appointment proves it, while the outcome stays what it was',
    async () => {
      const number = '+541143214391';
      const { id, outcome } = await system.client.outcomeOf(number, OF.native);
      expect(outcome?.result).toBe('declined');
      system.sandbox.ringBack({ number });
      const view = await system.client.until(id, ({ follow_ups }) => Boolean(follow_ups[0]?.report));
      expect(view.outcome).toEqual(outcome);
      expect(view.follow_ups).toMatchObject([{ report: { result: 'confirmed' }, proof: { level: 'stated' } }]);
    },
    LIMIT_MS,
  );

  it.concurrent(
    'and was erased is a stranger: nothing of the booking is said',
    async () => {
      const number = '+541143214313';
      const { id } = await system.client.outcomeOf(number, OF.native);
      expect((await system.client.send('DELETE', `/v1/bookings/${id}`)).status).toBe(202);
      await until(
        async () => (await system.client.send('GET', `/v1/bookings/${id}`)).status === 410,
        30_000,
        'the erasure',
      );
      const call = await ended(number, system.sandbox.ringBack({ number }));
      expect(call).toMatchObject({ booking_id: '', streams: 0 });
      expect(String(call?.said)).not.toMatch(/Mauro|dentista/);
    },
    LIMIT_MS,
  );
});

it.concurrent(
  'of two bookings of one business the newest that rang it gets the call',
  async () => {
    const number = '+541143214321';
    const first = await missed(number, 'bridge');
    const second = await missed(number, 'bridge');
    system.sandbox.ringBack({ number });
    expect((await system.client.final(second.id)).outcome?.result).toBe('confirmed');
    const other = await system.client.booking(first.id);
    expect(other).toMatchObject({ outcome: null, attempts: [{ direction: 'outbound' }] });
    await system.client.send('POST', `/v1/bookings/${first.id}/cancel`);
  },
  LIMIT_MS,
);

describe('a caller whom no booking rang', () => {
  const entered = async (number: string) =>
    (await system.client.outcomeOf(number, OF.native)).outcome?.result === 'do_not_call';

  it.concurrent.each([
    ['presses 9', '+541143214331', { keys: '9' }, /marque el nueve/, /anotamos su número/],
    ['says so', '+541143214332', { words: 'Por favor, no me llamen más' }, /marque el nueve/, /anotamos su número/],
    ['says so in English', '+14155550132', { words: 'Please stop calling me' }, /press nine/, /number is noted/],
  ] as const)(
    'and %s hears who called and is not called again',
    async (_how, number, does, asked, confirmed) => {
      const call = await ended(number, system.sandbox.ringBack({ number, ...does }));
      const said = ((call?.said ?? []) as string[]).join(' ');
      expect(said).toMatch(/Vocero/);
      expect(said).toMatch(asked);
      expect(said).toMatch(confirmed);
      expect(call?.streams).toBe(0);
      const { body } = await system.client.send('GET', '/v1/do-not-call');
      const masked = `${number.slice(0, 3)}…${number.slice(-2)}`;
      expect((body.data as { phone_masked: string }[]).map((row) => row.phone_masked)).toContain(masked);
    },
    LIMIT_MS,
  );

  it.concurrent(
    'and says nothing is asked once, wished a good day, and stays callable',
    async () => {
      const number = '+541143214333';
      const call = await ended(number, system.sandbox.ringBack({ number }));
      expect(call).toMatchObject({ streams: 0, ended_by: 'twiml-hangup' });
      expect(await entered(number)).toBe(false);
    },
    LIMIT_MS,
  );

  it.concurrent(
    'over ElevenLabs tells the agent, which enters the number',
    async () => {
      const number = '+541143214334';
      await ended(number, system.sandbox.ringBack({ number, via: 'elevenlabs', callee: 'do-not-call' }));
      expect(await entered(number)).toBe(true);
    },
    LIMIT_MS,
  );
});

describe('a request for a call to our number', () => {
  const page = '/webhook/voice/inbound';
  const signed = (form: Record<string, string>, path = page, token = system.sandbox.account.twilioToken) => {
    const url = system.url + path;
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(token, url, form),
      },
      body: new URLSearchParams(form),
    });
  };
  const formOf = (from: string, sid = `CA${'7'.repeat(32)}`) => ({
    CallSid: sid,
    From: from,
    To: system.sandbox.account.twilioNumber,
    CallStatus: 'ringing',
    Direction: 'inbound',
  });

  it.concurrent('that is forged gets nothing', async () => {
    for (const path of [page, `${page}/answer?asked=1`]) {
      expect((await signed(formOf('+541143214341'), path, 'another token')).status).toBe(403);
      expect((await fetch(system.url + path, { method: 'POST' })).status).toBe(403);
    }
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
      const answer = await fetch(`${system.url}/api/elevenlabs/inbound`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ caller_id: '+541143214341', call_sid: 'CA_forged_1' }),
      });
      expect(answer.status).toBe(401);
    }
  });

  it.concurrent(
    'that is sent again opens no second talk and no second attempt, also after the talk',
    async () => {
      const number = '+541143214342';
      const { id } = await missed(number, 'bridge');
      const sid = system.sandbox.ringBack({ number });
      await system.client.final(id);
      await ended(number, sid);
      for (let n = 0; n < 3; n++) {
        const answer = await signed(formOf(number, sid));
        expect(answer.status).toBe(200);
        expect(await answer.text()).not.toMatch(/<Stream/);
      }
      const view = await system.client.booking(id);
      expect(view.attempts).toHaveLength(2);
      expect(view.follow_ups).toEqual([]);
    },
    LIMIT_MS,
  );

  it.concurrent('with a withheld caller id hears who called, and that its number cannot be entered', async () => {
    for (const [n, from] of ['anonymous', '+266696687', 'Restricted', ''].entries()) {
      const answer = await signed(formOf(from, `CA${n}${'8'.repeat(31)}`));
      const text = await answer.text();
      expect(text).toMatch(/Vocero/);
      expect(text).not.toMatch(/<Gather|<Stream/);
      expect(text).toMatch(/hidden|oculto/);
    }
  });
});

it.concurrent(
  'the sandbox’s number …79 does not answer, and rings back by itself',
  async () => {
    const view = await system.client.outcomeOf('+541143210079', OF.bridge);
    expect(view.outcome?.result).toBe('confirmed');
    expect(view.attempts.map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  },
  LIMIT_MS,
);
