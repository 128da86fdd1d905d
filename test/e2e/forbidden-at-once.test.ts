import { describe, expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { ONCE_NATIVE } from './support/client.ts';
import { runSystem } from './support/system.ts';

const LIMIT_MS = 90_000;

describe('a business that asks never to be called again', () => {
  const system = runSystem();
  const callsOf = (number: string) => system.sandbox.log(number).calls;
  const listed = async (): Promise<{ phone_hash: string; booking_id: string }[]> => {
    const { body } = await system.client.send('GET', '/v1/do-not-call');
    return body.data as { phone_hash: string; booking_id: string }[];
  };
  const entryOf = async (id: string) => (await listed()).find(({ booking_id }) => booking_id === id);

  /** A booking in mid-talk. */
  async function talking(number: string, world: { report?: 'lost' } = {}): Promise<string> {
    system.sandbox.scenario({ number, talk_ms: 6000, ...world });
    const { id } = await system.client.book(number, ONCE_NATIVE);
    await until(() => callsOf(number)[0]?.status === 'in-progress');
    await system.client.until(id, ({ attempts }) => attempts[0]?.status === 'in_progress');
    return id;
  }
  const saysNever = (id: string) =>
    system.client.send(
      'POST',
      '/api/elevenlabs/tools/report_result',
      { booking_id: id, call_id: `${id}.1`, result: 'do_not_call' },
      { authorization: `Bearer ${system.env.ELEVENLABS_TOOL_SECRET}` },
    );

  it(
    'is rung by nobody once its report is accepted: not by who waits for the line, nor by who books then',
    async () => {
      const number = '+541143210301';
      const id = await talking(number);
      const waiting = await system.client.book(number, ONCE_NATIVE);
      const { status } = await saysNever(id);
      expect(status).toBe(200);
      // In mid-talk, whose agent goes on and reports something else: that is no reason to ring this number again.
      expect(callsOf(number)[0]!.status).toBe('in-progress');
      expect(await entryOf(id)).toBeDefined();
      const later = await system.client.book(number, ONCE_NATIVE);
      for (const one of [waiting, later]) {
        expect((await system.client.final(one.id)).outcome).toMatchObject({ result: 'do_not_call' });
      }
      await system.client.final(id);
      expect(callsOf(number)).toHaveLength(1);
    },
    LIMIT_MS,
  );

  it(
    'may be rung again once an operator says so: neither a repeat nor the outcome undoes that',
    async () => {
      const number = '+541143210302';
      const id = await talking(number);
      expect((await saysNever(id)).status).toBe(200);
      const { phone_hash } = (await entryOf(id))!;
      expect((await system.client.send('DELETE', `/v1/do-not-call/${phone_hash}`)).status).toBe(204);
      expect((await saysNever(id)).status).toBe(200);
      await system.client.final(id);
      expect(await entryOf(id)).toBeUndefined();
      expect((await system.client.outcomeOf(number, ONCE_NATIVE)).outcome).toMatchObject({ result: 'confirmed' });
    },
    LIMIT_MS,
  );

  it(
    'is on the list although its talk’s own record says otherwise, and the result needs a person',
    async () => {
      const number = '+541143210303';
      const id = await talking(number, { report: 'lost' });
      expect((await saysNever(id)).status).toBe(200);
      expect((await system.client.final(id)).outcome).toMatchObject({ result: 'needs_review' });
      expect(await entryOf(id)).toBeDefined();
    },
    LIMIT_MS,
  );
});
