import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBridge, type MeteredBridge } from '../../../bridge/bridge.ts';
import type { BridgeDeps } from '../../../bridge/context.ts';
import { Presence } from '../../../bridge/presence.ts';
import { hashStreamToken } from '../../../bridge/stream-token.ts';
import type { BridgeEvidence, ReportEvidence } from '../../../domain/evidence.ts';
import { conversationInit } from '../../../providers/elevenlabs/initiation.ts';
import type { Records } from '../../../records/interface.ts';
import type { CallRecords } from '../../../records/ports/calls.ts';
import { AgentServer } from './fake-agent.ts';
import { FakePhone } from './fake-phone.ts';
import { fastClock } from './fast-clock.ts';
import { openStore, quiet } from './house.ts';
import { CALL } from './order.ts';

type Said = BridgeEvidence | ReportEvidence;

/** One bridge process of several. */
export interface Process {
  bridge: MeteredBridge;
  presence: Presence;
  url: string;
  /** What it told the workflow, in its order. */
  said: Said[];
  /** It says that it is there, and hears what happens to its calls elsewhere. Beats only when it is told to. */
  beat(): Promise<void>;
  /** As SIGKILL leaves it: nothing that it still does reaches anybody. Its streams are the test's to drop. */
  die(): void;
  stop(): Promise<void>;
}

/** Several bridges that share nothing but the records, and the agents that they talk to. */
export class Bridges {
  readonly agents: AgentServer;
  readonly records: Records;
  readonly all: Process[] = [];
  readonly #closeStore: () => Promise<void>;
  readonly #artifacts: BridgeDeps['artifacts'];

  private constructor(agents: AgentServer, store: Awaited<ReturnType<typeof openStore>>) {
    this.agents = agents;
    this.records = store.records;
    this.#artifacts = store.artifacts;
    this.#closeStore = store.close;
  }

  static async open(n: number, changes: Partial<BridgeDeps> = {}): Promise<Bridges> {
    const bridges = new Bridges(await AgentServer.start(), await openStore());
    for (let i = 0; i < n; i++) bridges.all.push(await bridges.#start(changes));
    return bridges;
  }

  async #start(changes: Partial<BridgeDeps>): Promise<Process> {
    const { agents } = this;
    let dead = false;
    const grave = Promise.withResolvers<never>();
    grave.promise.catch(() => {});
    const records = new Proxy(this.records, {
      get: (real, name) => (dead ? () => grave.promise : Reflect.get(real, name)),
    });
    const said: Said[] = [];
    const clock = fastClock(20);
    const bridge = createBridge({
      records,
      artifacts: this.#artifacts,
      reporter: {
        async report(evidence) {
          if (dead) await grave.promise;
          said.push(evidence);
          return { accepted: true };
        },
      },
      agents: { signedUrl: async (agentId) => agents.signedUrl(agentId), conversationInit },
      agentId: 'agent_vocero',
      endCall: async () => {},
      signature: { mode: 'log', verify: () => ({ ok: false }) },
      log: quiet,
      clock,
      recording: false,
      ...changes,
    });
    const http: Server = createServer();
    http.on('upgrade', (request, socket, head) => bridge.upgrade(request, socket, head));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
    let beats = (): void => {};
    // One beat at a time: it has answered when the records have been written and read.
    let answered: Promise<unknown> = Promise.resolve();
    const beatBridge: CallRecords['beatBridge'] = (state) => {
      const answer = records.beatBridge(state);
      answered = answer;
      return answer;
    };
    const presence = await Presence.announce({
      bridge,
      records: { ...records, beatBridge },
      url,
      log: quiet,
      clock: {
        ...clock,
        every(_, run) {
          beats = run;
          return () => {};
        },
      },
    });
    return {
      bridge,
      presence,
      url,
      said,
      async beat() {
        beats();
        await answered;
        await new Promise((resolve) => setImmediate(resolve));
      },
      die() {
        dead = true;
      },
      async stop() {
        dead = false;
        grave.reject(new Error('it was dead'));
        await bridge.close(0);
        await presence.leave();
        http.closeAllConnections();
        await new Promise((resolve) => http.close(resolve));
      },
    };
  }

  async token(): Promise<string> {
    const token = randomBytes(16).toString('hex');
    await this.records.issueStreamToken({
      hash: hashStreamToken(token),
      call_id: CALL,
      call_sid: 'CA1',
      expires_at: new Date(Date.now() + 60_000).toISOString(),
    });
    return token;
  }

  /** A stream at one of the bridges. */
  async phone(at: number, streamSid: string, token?: string): Promise<FakePhone> {
    return FakePhone.start(
      `${this.all[at]!.url}/ws/media-stream/${CALL}`,
      token ?? (await this.token()),
      'CA1',
      streamSid,
    );
  }

  /** Everything that the workflow was told. */
  get said(): Said[] {
    return this.all.flatMap(({ said }) => said);
  }

  named(event: BridgeEvidence['event']): BridgeEvidence[] {
    return this.said.filter((one): one is BridgeEvidence => one.kind === 'bridge' && one.event === event);
  }

  get live(): number {
    return this.all.reduce((sum, { bridge }) => sum + bridge.live(), 0);
  }

  async close(): Promise<void> {
    for (const process of this.all) await process.stop();
    await this.agents.stop();
    await this.#closeStore();
  }
}
