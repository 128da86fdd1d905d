import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** 200 ms of the agent's first words. */
const WORDS = Buffer.alloc(1600, 0x55).toString('base64');

/**
 * An agent that speaks `thinkMs` after it was initialised, and until it is hung up; it counts conversations, and what it said
 * in those that were never joined to a phone.
 */
export class Agent {
  conversations = 0;
  private readonly server = new WebSocketServer({ host: '127.0.0.1', port: 0 });

  private constructor(thinkMs: number) {
    this.server.on('connection', (socket) => {
      socket.on('message', (data) => {
        if (!String(data).includes('conversation_initiation_client_data')) return;
        this.conversations++;
        const event = { conversation_id: `conv_${this.conversations}`, agent_output_audio_format: 'ulaw_8000' };
        const metadata = { ...event, user_input_audio_format: 'ulaw_8000' };
        socket.send(
          JSON.stringify({
            type: 'conversation_initiation_metadata',
            conversation_initiation_metadata_event: metadata,
          }),
        );
        const speak = (): void => {
          socket.send(JSON.stringify({ type: 'audio', audio_event: { audio_base_64: WORDS, event_id: 1 } }));
        };
        if (thinkMs === 0) speak();
        else setTimeout(speak, thinkMs);
      });
    });
  }

  static async start(thinkMs: number): Promise<Agent> {
    const agent = new Agent(thinkMs);
    await once(agent.server, 'listening');
    return agent;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/convai/conversation`;
  }

  stop(): void {
    for (const socket of this.server.clients) socket.terminate();
    this.server.close();
  }
}
