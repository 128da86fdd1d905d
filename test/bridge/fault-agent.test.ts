import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { fastClock } from './support/fast-clock.ts';
import { House } from './support/house.ts';
import { type RawAgent, RawAgents } from './support/raw-agents.ts';
import { until } from './support/until.ts';

let raw: RawAgents;
let house: House;
const open = async (changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<void> => {
  house = await House.open({ agents: { signedUrl: async () => raw.url, conversationInit }, ...changes });
};
beforeEach(async () => {
  raw = await RawAgents.start();
});
afterEach(async () => {
  await house.close();
  await raw.stop();
});

const audio = (bytes: number, event_id = 1) => ({
  type: 'audio',
  audio_event: { audio_base_64: Buffer.alloc(bytes, 0x55).toString('base64'), event_id },
});

describe('an agent’s side that breaks', () => {
  it.each<[string, (socket: Duplex, accept: () => RawAgent) => void]>([
    ['with no answer but the end', (socket) => socket.destroy()],
    ['with what is no HTTP', (socket) => socket.end('\x00\x01\x02\r\n\r\n')],
    ['with a redirect', (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n')],
    ['with a page', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')],
    [
      'with a wrong accept',
      (socket) => socket.write('HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    ],
    ['with headers that never end', (socket) => socket.write(`HTTP/1.1 101 S\r\n${'X-A: b\r\n'.repeat(5000)}`)],
    ['by never answering', () => {}],
    ['by never answering the init', (_, accept) => void accept()],
    ['by closing at once', (_, accept) => accept().frame({ opcode: 8, payload: Buffer.from([3, 0xe8]) })],
    ['by going away before it is ready', (_, accept) => void accept().socket.destroy()],
    ['with another format', (_, accept) => accept().metadata('opus_48000')],
    [
      'with half a frame',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        agent.write(Buffer.from([0x81, 0x7e, 0xff]));
        agent.socket.end();
      },
    ],
    [
      'with a reserved bit',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        agent.frame({ reserved: 4, payload: 'x' });
        agent.socket.end();
      },
    ],
    [
      'with a masked frame',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        agent.frame({ masked: true, payload: '{}' });
        agent.socket.end();
      },
    ],
    [
      'with no UTF-8',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        agent.frame({ payload: Buffer.from([0xff, 0xfe]) });
        agent.socket.end();
      },
    ],
    [
      'with more than any message may hold',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        agent.frame({ claims: 8 * 1024 * 1024 + 1 });
        agent.socket.end();
      },
    ],
    [
      'by a flood',
      (_, accept) => {
        const agent = accept();
        agent.metadata();
        for (let i = 0; i < 12_000; i++) agent.json({ type: 'vad_score' });
      },
    ],
    ['by answering no ping', (_, accept) => accept().metadata()],
  ])('%s: is told once, with a reason, and the stream is given back', async (_, onUpgrade) => {
    raw.onUpgrade = onUpgrade;
    await open({ clock: fastClock(50) });
    const phone = await house.phone();
    expect((await phone.ended()).reason).toBe('agent_failed');
    const { problem } = await house.event('agent_failed');
    expect(problem?.code).toMatch(/^(agent_\w+|unsupported_audio_format)$/);
    expect(problem!.message.length).toBeLessThanOrEqual(300);
    expect(house.bridge.live()).toBe(0);
    raw.onUpgrade = (_, accept) => accept().metadata();
    await house.phone('CA1', 'MZ2');
    await until('the next stream is joined', () => house.events('stream_started').some(({ id }) => id.endsWith('MZ2')));
    expect(house.events('agent_failed')).toHaveLength(1);
  });

  // Was a bug: after a Close frame `ws` waits 30 s for the end of the connection, and until then the session stays in its
  // phase: half a minute in which nobody answers the callee. Fix: pass `closeTimeout: 2000` (CLOSE_MS) to the WebSocket
  // of the agent and to the WebSocketServer.
  it.each<[string, (agent: RawAgent) => void]>([
    ['says that it closes, and stays', (agent) => agent.frame({ opcode: 8, payload: Buffer.from([3, 0xe8]) })],
    ['breaks a frame and stays', (agent) => agent.frame({ reserved: 4 })],
  ])('an agent that %s does not keep the callee in silence', async (_, act) => {
    await open();
    const phone = await house.phone();
    await house.event('stream_started');
    act(raw.agents[0]!);
    await until('the stream is ended', () => phone.closed, 4000);
  });

  // Was a bug: `message` and `error_type` of an agent's error go into the event as they are, up to 8 MB; Temporal takes no
  // payload above 2 MB, so that the event is given up after five minutes of trying. Fix: cut both in `parseAgentFrame`
  // (300 and 100 characters, as `agent_closed` is).
  it('with an endless explanation is told in a bounded one', async () => {
    await open();
    await house.phone();
    await house.event('stream_started');
    const error_event = { code: 1011, message: 'm'.repeat(3e6), error_type: 'e'.repeat(3e6) };
    raw.agents[0]!.json({ type: 'error', error_event });
    raw.agents[0]!.socket.end();
    const { problem } = await house.event('agent_failed');
    expect(JSON.stringify(problem).length).toBeLessThan(2000);
  });

  it('with audio in pieces of megabytes, or nests a hundred thousand deep, changes nothing', async () => {
    await open();
    const phone = await house.phone();
    await house.event('stream_started');
    const [agent] = raw.agents;
    agent!.frame({ payload: `{"type":"client_tool_call","client_tool_call":${'['.repeat(1e5)}${']'.repeat(1e5)}}` });
    agent!.frame({
      payload: `{"type":"agent_response","agent_response_event":{"agent_response":"${'w '.repeat(2e6)}"}}`,
    });
    agent!.json(audio(5_000_000));
    agent!.json(audio(160, 2));
    await until('the audio is played', () => phone.heard.length === 5_000_000);
    expect(house.bridge.counters().dropped.too_far_ahead).toBe(1);
    phone.stop();
    await house.event('talk_ended');
    expect((await house.records.turnsOf('bk_bridge01.1'))[0]!.message.length).toBeLessThanOrEqual(8000);
  });
});
