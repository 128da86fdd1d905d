import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { type AgentListener, AgentSocket } from '../../bridge/agent-socket.ts';
import { createBridge } from '../../bridge/bridge.ts';
import { systemClock } from '../../bridge/clock.ts';
import { BridgeCounters } from '../../bridge/counters.ts';
import { FrameBatcher } from '../../bridge/frame-batcher.ts';
import { DEFAULT_LIMITS } from '../../bridge/limits.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import { recordsFor } from '../bridge/bench-records.ts';
import { bookingIdOf, callIdOf, callSidOf, tokenOf } from '../bridge/call-names.ts';
import { quantile } from '../statistics.ts';
import { Agent } from './agent.ts';

const HELP = `How soon a callee hears the first words after picking up, on loopback.

  npm run bench:answer -- [--calls N]

  cold    the agent's socket is opened at the answer
  warm    it was opened while the phone rang, and is initialised at the answer (what the product does)
  early   it is initialised while the phone rings: the words are there, but said to nobody where nobody answers

  --calls   of each (100)
`;
const { values } = parseArgs({ options: { calls: { type: 'string', default: '100' }, help: { type: 'boolean' } } });
const calls = Number(values.calls);
if (values.help || !Number.isInteger(calls) || calls < 1) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Milliseconds from Twilio's `start` to the first media message, at the phone's end of the socket. */
async function pickUp(url: string, n: number): Promise<number> {
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send('{"event":"connected","protocol":"Call","version":"1.0.0"}');
  const streamSid = `MZ${n}`;
  const start = { streamSid, callSid: callSidOf(n), customParameters: { token: tokenOf(n) }, tracks: ['inbound'] };
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
  const message = {
    event: 'start',
    sequenceNumber: '1',
    streamSid,
    start: { ...start, accountSid: 'AC', mediaFormat },
  };
  const began = performance.now();
  const heard = new Promise<number>((resolve) => {
    socket.on('message', (data) => {
      if (String(data).startsWith('{"event":"media"')) resolve(performance.now() - began);
    });
  });
  socket.send(JSON.stringify(message));
  const ms = await heard;
  socket.terminate();
  return ms;
}

/** @param measured gets what the bridge itself counts as `vocero_first_words_seconds`, in milliseconds */
async function overBridge(warm: boolean, thinkMs: number, measured: number[] = []): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vocero-answer-'));
  const agent = await Agent.start(thinkMs);
  const records = await recordsFor(calls, folder);
  const bridge = createBridge({
    records,
    artifacts: openArtifacts(join(folder, 'artifacts')),
    reporter: { report: async () => ({ accepted: true }) },
    agents: { signedUrl: async () => agent.url, conversationInit },
    agentId: 'agent_bench',
    endCall: async () => {},
    signature: { mode: 'log', verify: () => ({ ok: false }) },
    log: quiet,
  });
  bridge.counters().onFirstWords = (ms) => measured.push(ms);
  const server = createServer().on('upgrade', (request, socket, head) => bridge.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    if (warm) {
      bridge.prepare(callIdOf(n), (await records.booking(bookingIdOf(n)))!.order);
      await agentIsConnected(bridge.counters(), n + 1);
    }
    times.push(await pickUp(`ws://127.0.0.1:${port}/ws/media-stream/${callIdOf(n)}`, n));
  }
  await bridge.close(0);
  server.close();
  agent.stop();
  await records.close();
  rmSync(folder, { recursive: true, force: true });
  return times;
}

/** The counter says that a socket was begun; a turn of the loop or two later it is open. */
async function agentIsConnected(counters: BridgeCounters, count: number): Promise<void> {
  while (counters.agents_opened < count) await new Promise(setImmediate);
  await new Promise<void>((resolve) => {
    counters.onAgentConnected = () => resolve();
  });
}

/** Initialised while the phone rings, then hung up because nobody answers: what it leaves behind. */
async function unanswered(thinkMs: number): Promise<{ conversations: number; saidMs: number }> {
  const agent = await Agent.start(thinkMs);
  let said = 0;
  for (let n = 0; n < Math.min(calls, 20); n++) {
    await new Promise<void>((resolve) => {
      const listener: AgentListener = {
        ready: () => {},
        audio: (payload) => {
          said += payload.length;
          socket.close();
          resolve();
        },
        interrupted: () => {},
        said: () => {},
        toolCall: () => {},
        ended: () => resolve(),
      };
      const counters = new BridgeCounters();
      const frameBatching = new FrameBatcher('off', systemClock);
      const setup = { listener, clock: systemClock, limits: DEFAULT_LIMITS, counters, frameBatching, log: quiet };
      const socket = new AgentSocket({ ...setup, signedUrl: async () => agent.url });
      socket.begin({});
    });
  }
  const counted = Math.min(calls, 20);
  agent.stop();
  return { conversations: agent.conversations / counted, saidMs: (said * 0.75) / 8 / counted };
}

const shown = (times: number[]): string =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${quantile(times, share).toFixed(1)} ms`).join('  ');

await overBridge(true, 0); // Compilers have done their work before anything is counted.
for (const think of [0, 300]) {
  console.log(`\nan agent that speaks ${think} ms after it is initialised; ${calls} calls each`);
  console.log(`  cold   ${shown(await overBridge(false, think))}`);
  const measured: number[] = [];
  const warm = await overBridge(true, think, measured);
  console.log(`  warm   ${shown(warm)}`);
  console.log(`         ${shown(measured)}, as vocero_first_words_seconds has it`);
  const { conversations, saidMs } = await unanswered(think);
  console.log(
    `  early  0 ms where somebody answers; where nobody does: ${conversations} conversations a call left at the provider, ${saidMs.toFixed(0)} ms or more said to nobody`,
  );
  if (think === 0) {
    const p95 = quantile(warm, 0.95);
    console.log(
      `  aim: warm under 15 ms: ${p95 < 15 ? 'met' : 'NOT met'} (p95 ${p95.toFixed(1)} ms, both ways over loopback included)`,
    );
  }
}
