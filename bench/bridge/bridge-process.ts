import { createServer } from 'node:http';
import { join } from 'node:path';
import { createBridge } from '../../bridge/bridge.ts';
import type { BridgeLimits } from '../../bridge/limits.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import { recordsFor } from './bench-records.ts';
import { endWithInput } from './until-input-ends.ts';

/** The product's bridge behind a server of its own, as `npm run bridge` puts it, with what the workflow would do left out. */
const { PORT, AGENT_PORT, CALLS, FOLDER = '', RECORDING, ECONOMY } = process.env;
const records = await recordsFor(Number(CALLS), FOLDER);
const complain = (details: object, message: string): void => console.error(message, JSON.stringify(details));

const bridge = createBridge({
  records,
  artifacts: openArtifacts(join(FOLDER, 'artifacts')),
  reporter: { report: async () => ({ accepted: true }) },
  agents: {
    signedUrl: async (agentId) => `ws://127.0.0.1:${AGENT_PORT}/v1/convai/conversation?agent_id=${agentId}`,
    conversationInit,
  },
  agentId: 'agent_bench',
  endCall: async () => {},
  signature: { mode: 'log', verify: () => ({ ok: false }) },
  log: { debug: () => {}, info: () => {}, warn: complain, error: complain },
  recording: RECORDING === 'on',
  limits: { frameBatching: ECONOMY as BridgeLimits['frameBatching'] },
});
const server = createServer();
server.on('upgrade', (request, socket, head) => bridge.upgrade(request, socket, head));
server.listen(Number(PORT), '127.0.0.1');

endWithInput(async () => {
  console.log(JSON.stringify(bridge.counters()));
  await bridge.close(0);
  await records.close();
});
