import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBridge, type MeteredBridge } from '../../../bridge/bridge.ts';
import type { Clock } from '../../../bridge/clock.ts';
import type { BridgeDeps } from '../../../bridge/context.ts';
import type { BridgeLog } from '../../../bridge/log.ts';
import { hashStreamToken } from '../../../bridge/stream-token.ts';
import type { BridgeEvidence, ReportEvidence } from '../../../domain/evidence.ts';
import { conversationInit } from '../../../providers/elevenlabs/initiation.ts';
import { openArtifacts } from '../../../records/artifacts.ts';
import type { Artifacts, Records } from '../../../records/interface.ts';
import { newRecords } from '../../support/new-records.ts';
import { AgentServer } from './fake-agent.ts';
import { FakePhone } from './fake-phone.ts';
import type { FastClock } from './fast-clock.ts';
import { CALL, order } from './order.ts';
import { until } from './until.ts';

export const quiet: BridgeLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Real records in a folder of their own. */
export async function openStore(): Promise<{ records: Records; artifacts: Artifacts; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-'));
  const records = await newRecords(folder);
  await records.acceptBooking({ order: order(), owner: 'owner' });
  await records.markStarted(order().id);
  return {
    records,
    artifacts: openArtifacts(join(folder, 'artifacts')),
    async close() {
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Events = BridgeEvidence | ReportEvidence;

/** A bridge behind a real HTTP server, with the agents' side and real records. */
export class House {
  readonly reports: Events[] = [];
  readonly hungUp: string[] = [];
  /** What the workflow answers; a test may make it fail. */
  accept: (evidence: Events) => Promise<{ accepted: boolean; error?: string }> = async () => ({ accepted: true });
  endCall: (callSid: string) => Promise<void> = async () => {};
  readonly agents: AgentServer;
  readonly records: Records;
  readonly artifacts: Artifacts;
  readonly bridge: MeteredBridge;
  readonly #clock: Clock | undefined;
  readonly #http: Server;
  readonly #closeStore: () => Promise<void>;

  private constructor(
    agents: AgentServer,
    store: Awaited<ReturnType<typeof openStore>>,
    changes: Partial<Omit<BridgeDeps, 'records'>>,
  ) {
    this.agents = agents;
    this.records = store.records;
    this.artifacts = store.artifacts;
    this.#closeStore = store.close;
    this.#clock = changes.clock;
    this.bridge = createBridge({
      records: store.records,
      artifacts: store.artifacts,
      reporter: {
        report: async (evidence) => {
          const answer = await this.accept(evidence);
          this.reports.push(evidence);
          return answer;
        },
      },
      agents: { signedUrl: async (agentId) => agents.signedUrl(agentId), conversationInit },
      agentId: 'agent_vocero',
      endCall: async (callSid) => {
        await this.endCall(callSid);
        this.hungUp.push(callSid);
      },
      signature: { mode: 'log', verify: () => ({ ok: false }) },
      log: quiet,
      ...changes,
    });
    this.#http = createServer();
    this.#http.on('upgrade', (request, socket, head) => this.bridge.upgrade(request, socket, head));
  }

  /** Does something that is to succeed, on whatever machine: at the wall's pace, if the clock here is a faster one. */
  calmly<T>(work: () => Promise<T>): Promise<T> {
    return this.#clock && 'calm' in this.#clock ? (this.#clock as FastClock).calm(work) : work();
  }

  static async open(changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<House> {
    const house = new House(await AgentServer.start(), await openStore(), changes);
    await new Promise<void>((resolve) => house.#http.listen(0, '127.0.0.1', resolve));
    return house;
  }

  url(callId = CALL): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws/media-stream/${callId}`;
  }

  async token(callSid = 'CA1', callId = CALL, expires = Date.now() + 60_000): Promise<string> {
    const token = randomBytes(16).toString('hex');
    const expires_at = new Date(expires).toISOString();
    await this.records.issueStreamToken({
      hash: hashStreamToken(token),
      call_id: callId,
      call_sid: callSid,
      expires_at,
    });
    return token;
  }

  /** A stream with a good token. */
  async phone(callSid = 'CA1', streamSid = 'MZ1'): Promise<FakePhone> {
    return FakePhone.start(this.url(), await this.token(callSid), callSid, streamSid);
  }

  events(event: BridgeEvidence['event']): BridgeEvidence[] {
    return this.reports.filter((one): one is BridgeEvidence => one.kind === 'bridge' && one.event === event);
  }

  async event(event: BridgeEvidence['event'], n = 0): Promise<BridgeEvidence> {
    await until(`the event ${event} (${n})`, () => this.events(event)[n]);
    return this.events(event)[n]!;
  }

  async close(): Promise<void> {
    await this.bridge.close(0);
    await this.agents.stop();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    await this.#closeStore();
  }
}
