import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from './until.ts';

type Message = Record<string, unknown>;

/** One agent conversation, seen from the provider's side. */
export class FakeAgent {
  readonly agentId: string;
  readonly conversationId: string;
  readonly messages: Message[] = [];
  closed: number | undefined;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, agentId: string, conversationId: string, onInit: (agent: FakeAgent) => void) {
    this.#socket = socket;
    this.agentId = agentId;
    this.conversationId = conversationId;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      this.messages.push(message);
      if (message.type === 'conversation_initiation_client_data') onInit(this);
    });
    socket.on('close', (code) => {
      this.closed = code;
    });
    socket.on('error', () => {});
  }

  get init(): Message | undefined {
    return this.messages.find((message) => message.type === 'conversation_initiation_client_data');
  }

  /** All `user_audio_chunk`s, joined. */
  get heard(): Buffer {
    const chunks = this.messages.filter((message) => 'user_audio_chunk' in message);
    return Buffer.concat(chunks.map((message) => Buffer.from(String(message.user_audio_chunk), 'base64')));
  }

  of(type: string): Message[] {
    return this.messages.filter((message) => message.type === type);
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  metadata(output = 'ulaw_8000', input = output): void {
    this.send({
      type: 'conversation_initiation_metadata',
      conversation_initiation_metadata_event: {
        conversation_id: this.conversationId,
        agent_output_audio_format: output,
        user_input_audio_format: input,
      },
    });
  }

  audio(bytes: Buffer, eventId: number): void {
    this.send({ type: 'audio', audio_event: { audio_base_64: bytes.toString('base64'), event_id: eventId } });
  }

  says(text: string, eventId = 1): void {
    this.send({ type: 'agent_response', agent_response_event: { agent_response: text, event_id: eventId } });
  }

  corrects(original: string, corrected: string, eventId = 1): void {
    this.send({
      type: 'agent_response_correction',
      agent_response_correction_event: {
        original_agent_response: original,
        corrected_agent_response: corrected,
        event_id: eventId,
      },
    });
  }

  understood(text: string): void {
    this.send({ type: 'user_transcript', user_transcription_event: { user_transcript: text, event_id: 1 } });
  }

  interrupts(eventId: number): void {
    this.send({ type: 'interruption', interruption_event: { event_id: eventId } });
  }

  /** Calls a client tool and waits for its answer. */
  async tool(name: string, parameters: unknown, id = 'tool_1'): Promise<{ result: unknown; is_error: unknown }> {
    const call = { tool_name: name, tool_call_id: id, parameters, event_id: 3 };
    this.send({ type: 'client_tool_call', client_tool_call: call });
    const find = (): Message | undefined => this.of('client_tool_result').find((one) => one.tool_call_id === id);
    await until(`an answer to ${name}`, find);
    return find() as { result: unknown; is_error: unknown };
  }

  close(code = 1000): void {
    this.#socket.close(code);
  }

  drop(): void {
    this.#socket.terminate();
  }
}

/** Agents' sockets on a free port. What an agent does once it is initialised is up to the test. */
export class AgentServer {
  readonly agents: FakeAgent[] = [];
  /** Answer to the handshake; 101 accepts. */
  status = 101;
  onInit: (agent: FakeAgent) => void = (agent) => agent.metadata();
  readonly #http: Server;
  readonly #sockets: WebSocketServer;

  private constructor() {
    this.#http = createServer();
    this.#sockets = new WebSocketServer({ noServer: true });
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.status !== 101) {
        socket.end(`HTTP/1.1 ${this.status} Refused\r\n\r\n`);
        return;
      }
      const agentId = new URL(request.url ?? '', 'http://agent').searchParams.get('agent_id') ?? '';
      this.#sockets.handleUpgrade(request, socket, head, (ws) => {
        const conversationId = `conv_${this.agents.length + 1}`;
        this.agents.push(new FakeAgent(ws, agentId, conversationId, (agent) => this.onInit(agent)));
      });
    });
  }

  static async start(): Promise<AgentServer> {
    const server = new AgentServer();
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  signedUrl(agentId: string): string {
    const { port } = this.#http.address() as AddressInfo;
    return `ws://127.0.0.1:${port}/v1/convai/conversation?agent_id=${agentId}&conversation_signature=s`;
  }

  /** The n-th conversation, from 0, once it was initialised. */
  async agent(n = 0): Promise<FakeAgent> {
    await until(`agent ${n}`, () => this.agents[n]?.init);
    return this.agents[n]!;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}
