import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../bridge/clock.ts';
import { Presence } from '../../bridge/presence.ts';
import { hashStreamToken } from '../../bridge/stream-token.ts';
import { House, quiet } from './support/house.ts';
import { CALL } from './support/order.ts';
import { until } from './support/until.ts';

const URL = 'ws://here.example';
const now = (): string => new Date().toISOString();

let house: House;
let presence: Presence;
/** One beat of the presence under test. */
let beat: () => void;

beforeEach(async () => {
  house = await House.open();
  const { bridge, records } = house;
  const clock = {
    ...systemClock,
    every: (_ms: number, run: () => void) => {
      beat = run;
      return () => {};
    },
  };
  presence = await Presence.announce({ bridge, records, url: URL, log: quiet, clock });
});
afterEach(async () => {
  await presence.leave();
  await house.close();
});

const host = () => house.records.hostCall({ call_id: CALL, now: now(), again: false });

describe('a bridge that others know', () => {
  it('can be named as soon as it is announced, and no more when it has left', async () => {
    expect(await host()).toEqual({ bridge_id: presence.id, url: URL, is_new: true });
    await presence.leave();
    expect(await house.records.hasBridge(now())).toBe(false);
  });

  it('opens the agent’s socket for a call that it is to host, while the phone rings', async () => {
    await host();
    beat();
    await until('the agent’s socket is open', () => house.agents.agents[0]);
    // Nothing is said to it before somebody has answered.
    expect(house.agents.agents[0]?.messages).toEqual([]);
    const phone = await house.phone();
    await house.event('stream_started');
    expect(house.agents.agents).toHaveLength(1);
    phone.stop();
    await house.event('talk_ended');
  });

  it('lets go of a call whose leg has ended elsewhere', async () => {
    await host();
    const phone = await house.phone();
    await house.event('stream_started');
    await house.records.callOver(CALL);
    beat();
    expect((await phone.ended()).reason).toBe('released');
    await house.event('talk_ended');
  });

  it('ends quietly when another bridge has got the call: nobody hears of an end that is none', async () => {
    const phone = await house.phone();
    await house.event('stream_started');
    // What another process does when it lets the call's next stream in.
    const there = await house.token();
    expect(await house.records.takeStreamToken(hashStreamToken(there), CALL, 'CA1', now())).toBe(2);
    await until('the old stream is closed', () => {
      beat();
      return phone.closed;
    });
    expect(phone.closed?.reason).toBe('taken_over');
    await until('the call is forgotten', () => house.bridge.calls().length === 0);
    expect(house.reports.map((one) => (one.kind === 'bridge' ? one.event : one.kind))).toEqual(['stream_started']);
  });

  it('lets its waiting agent go when the stream came in at another one behind the same address', async () => {
    await host();
    beat();
    await until('the agent’s socket is open', () => house.agents.agents[0]);
    const there = await house.token();
    await house.records.takeStreamToken(hashStreamToken(there), CALL, 'CA1', now());
    await until('the agent is let go', () => {
      beat();
      return house.agents.agents[0]?.closed;
    });
    expect(house.reports).toEqual([]);
  });

  it('is sent no new stream while it drains', async () => {
    await presence.drain();
    expect(await host()).toBeUndefined();
  });
});

describe('a bridge that loses its stream to another process', () => {
  it('does not say that the talk has ended, however long it waits for the stream', async () => {
    await house.close();
    house = await House.open({ limits: { resumeMs: 60 } });
    const phone = await house.phone();
    await house.event('stream_started');
    phone.drop();
    await house.event('stream_lost');
    const there = await house.token();
    await house.records.takeStreamToken(hashStreamToken(there), CALL, 'CA1', now());
    await until('it forgets the call', () => house.bridge.calls().length === 0);
    expect(house.events('talk_ended')).toEqual([]);
  });
});
