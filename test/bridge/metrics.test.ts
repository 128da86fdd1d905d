import { afterEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { bridgeMetrics } from '../../bridge/metrics.ts';
import { FakePhone } from './support/fake-phone.ts';
import { House } from './support/house.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';

let house: House;
afterEach(() => house.close());

describe('the bridge’s metrics', () => {
  it('tell of calls, frames, delays and what was refused, with reasons of its own only', async () => {
    house = await House.open();
    const registry = new Registry();
    bridgeMetrics(registry, house.bridge);
    const phone = await house.phone();
    await house.event('stream_started');
    phone.speak(mulawTone(400, 160 * 120));
    const agent = await house.agents.agent();
    await until('the agent heard it', () => agent.heard.length === 160 * 120);
    const stranger = new FakePhone(house.url());
    await stranger.open();
    stranger.send('{"event":"<script>"}');
    await stranger.ended();

    const value = async (name: string, labels = ''): Promise<number> => {
      const text = await registry.metrics();
      const line = text.split('\n').find((each) => each.startsWith(`${name}${labels} `));
      return Number(line?.split(' ').at(-1));
    };
    expect(await value('vocero_bridge_live_calls')).toBe(1);
    expect(await value('vocero_bridge_streams_total')).toBe(1);
    expect(await value('vocero_bridge_frames_to_agent_total')).toBe(120);
    expect(await value('vocero_bridge_agent_connect_seconds_count')).toBe(1);
    expect(await value('vocero_bridge_added_delay_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(await value('vocero_bridge_refused_total', '{reason="malformed"}')).toBe(1);
    expect(await registry.metrics()).not.toContain('script');
  });
});
