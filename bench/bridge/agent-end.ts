import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { payloadAfter } from './payload.ts';
import { WebSocketPeer } from './websocket-peer.ts';

const PHONE_PAYLOAD = Buffer.from('"payload"');
const PHONE_STREAM = Buffer.from('"streamSid"');
const AGENT_CHUNK = Buffer.from('"user_audio_chunk"');
const INIT = 'conversation_initiation_client_data';
/** Third character of a message: of `{"event"…` and of `{"user_audio_chunk"…`. */
const E = 0x65;
const U = 0x75;

/**
 * The agents' side: says each piece of audio back at once. It also takes what a phone says, which a byte pipe brings
 * untranslated, and answers that as a relay would.
 */
export class AgentEnd {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Listens on a free port of the loopback; `failed` is told what a subject says that no agent understands. */
  static async start(failed: (error: Error) => void): Promise<AgentEnd> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // Whoever goes away is missed by the phone's side.
      socket.on('error', () => socket.destroy());
      converse(socket, failed);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AgentEnd(server, sockets);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let conversations = 0;

function converse(socket: Socket, failed: (error: Error) => void): void {
  const id = `conv_bench_${++conversations}`;
  let events = 0;
  let answers = '';
  const peer = new WebSocketPeer(socket, 'server', {
    text(buffer, start, end) {
      const third = buffer[start + 2];
      if (third === U) {
        const audio = payloadAfter(AGENT_CHUNK, buffer, start, end);
        if (audio) return answer(agentAudio(buffer.toString('latin1', audio.from, audio.to), ++events));
      } else if (third === E) {
        const audio = payloadAfter(PHONE_PAYLOAD, buffer, start, end);
        const stream = payloadAfter(PHONE_STREAM, buffer, start, end);
        if (!audio || !stream) return;
        const sid = buffer.toString('latin1', stream.from, stream.to);
        return answer(phoneAudio(buffer.toString('latin1', audio.from, audio.to), sid));
      }
      if (buffer.toString('latin1', start, end).includes(INIT)) answer(metadata(id));
    },
    failed,
  });

  /** What one read brought is answered with one write. */
  function answer(text: string): void {
    if (answers === '') queueMicrotask(send);
    answers += peer.frame(text);
  }

  function send(): void {
    peer.write(answers);
    answers = '';
  }
}

const agentAudio = (payload: string, eventId: number): string =>
  `{"type":"audio","audio_event":{"audio_base_64":"${payload}","event_id":${eventId}}}`;

const phoneAudio = (payload: string, streamSid: string): string =>
  `{"event":"media","streamSid":"${streamSid}","media":{"payload":"${payload}"}}`;

const metadata = (conversation_id: string): string =>
  JSON.stringify({
    type: 'conversation_initiation_metadata',
    conversation_initiation_metadata_event: {
      conversation_id,
      agent_output_audio_format: 'ulaw_8000',
      user_input_audio_format: 'ulaw_8000',
    },
  });
