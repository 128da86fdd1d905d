import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { machineTime } from './clock.ts';

const hex = (): string => randomBytes(16).toString('hex');

interface Talk {
  bookingId: string;
  callId: string;
  callSid: string;
  conversationId: string;
  /** Unix ms. */
  at: number;
}

/**
 * Both providers, as quick as can be: every call is answered at once, ends at once, and is reported on at once (the agent's
 * tool, then the post-call webhook; Twilio's call resource says `completed`). For timing only: the sandbox is the one that
 * behaves like the providers.
 */
export class Provider {
  /** Called when a dial has been read, with the machine's time at which it arrived. */
  onDial: ((bookingId: string, at: number) => void) | undefined;
  /** What the product answered to a webhook with anything but success. */
  readonly refused: string[] = [];
  readonly account = { sid: `AC${hex()}`, webhookSecret: hex(), toolSecret: hex(), agent: 'agent_bench' };
  private readonly talks = new Map<string, Talk>();
  private readonly server = createServer((request, response) => {
    const at = machineTime();
    this.answer(request, response, at).catch((error: unknown) => {
      this.refused.push(String(error));
      response.destroy();
    });
  });
  private readonly productUrl: string;

  private constructor(productUrl: string) {
    this.productUrl = productUrl;
  }

  static async start(productUrl: string): Promise<Provider> {
    const provider = new Provider(productUrl);
    provider.server.listen(0, '127.0.0.1');
    await once(provider.server, 'listening');
    return provider;
  }

  /** The product's variables that point here. */
  get env(): Record<string, string> {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      TWILIO_ACCOUNT_SID: this.account.sid,
      TWILIO_AUTH_TOKEN: hex(),
      TWILIO_PHONE_NUMBER: '+15005550006',
      TWILIO_API_BASE_URL: url,
      ELEVENLABS_API_KEY: hex(),
      ELEVENLABS_AGENT_ID: this.account.agent,
      ELEVENLABS_PHONE_NUMBER_ID: 'phnum_bench',
      ELEVENLABS_WEBHOOK_SECRET: this.account.webhookSecret,
      ELEVENLABS_TOOL_SECRET: this.account.toolSecret,
      ELEVENLABS_API_BASE_URL: url,
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://provider').pathname;
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/v1/convai/twilio/outbound-call') {
      const talk = talkOf(JSON.parse((await request.toArray()).join('')));
      this.onDial?.(talk.bookingId, at);
      this.talks.set(talk.callSid, talk).set(talk.conversationId, talk);
      response.once('finish', () => {
        this.finish(talk).catch((error: unknown) => this.refused.push(String(error)));
      });
      json(200, { success: true, message: 'ok', conversation_id: talk.conversationId, callSid: talk.callSid });
      return;
    }
    request.resume();
    const [, id, audio] = /\/(CA\w+|conv_\w+)(?:\.json)?(\/audio)?$/.exec(path) ?? [];
    const talk = id ? this.talks.get(id) : undefined;
    if (talk && audio) response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(Buffer.alloc(16));
    else if (talk && id === talk.callSid) json(200, callView(this.account.sid, talk));
    else if (talk) json(200, conversationView(this.account.agent, talk));
    else if (path === `/v1/convai/agents/${this.account.agent}`) json(200, AGENT);
    else json(404, { detail: `nothing at ${path}` });
  }

  /** The talk is over: its report, then its record. */
  private async finish(talk: Talk): Promise<void> {
    const { bookingId: booking_id, callId: call_id, conversationId: conversation_id } = talk;
    const report = JSON.stringify({ booking_id, call_id, conversation_id, ...RESULT });
    await this.send('/api/elevenlabs/tools/report_result', report, {
      authorization: `Bearer ${this.account.toolSecret}`,
    });
    const seconds = Math.floor(Date.now() / 1000);
    const data = conversationView(this.account.agent, talk);
    const body = JSON.stringify({ type: 'post_call_transcription', event_timestamp: seconds, data });
    const mac = createHmac('sha256', this.account.webhookSecret).update(`${seconds}.${body}`).digest('hex');
    await this.send('/api/elevenlabs/post-call', body, { 'elevenlabs-signature': `t=${seconds},v0=${mac}` });
  }

  /** As a provider does: what it calls is no part of the API that clients have. */
  private async send(path: string, body: string, headers: Record<string, string>): Promise<void> {
    const answer = await fetch(this.productUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await answer.text();
    if (!answer.ok) this.refused.push(`${path}: ${answer.status} ${text.slice(0, 300)}`);
  }
}

function talkOf(dial: unknown): Talk {
  const { conversation_initiation_client_data: init } = dial as {
    conversation_initiation_client_data: { dynamic_variables: { booking_id: string; call_id: string } };
  };
  const { booking_id: bookingId, call_id: callId } = init.dynamic_variables;
  return { bookingId, callId, callSid: `CA${hex()}`, conversationId: `conv_${hex()}`, at: Date.now() };
}

/** The day of every appointment, in two months, and how it is said. */
const DAY = new Date(Date.now() + 60 * 86_400_000);
const SPOKEN_DAY = new Intl.DateTimeFormat('es', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(DAY);
const RESULT = {
  result: 'confirmed',
  confirmed_date: DAY.toISOString().slice(0, 10),
  confirmed_time: '16:00',
  notes: '',
};

const AGENT = {
  name: 'bench',
  platform_settings: {
    overrides: {
      conversation_config_override: {
        agent: { first_message: true, language: true, prompt: { prompt: true } },
        conversation: { max_duration_seconds: true },
      },
    },
  },
};

const TURNS: [string, string][] = [
  ['agent', 'Hola, soy un asistente virtual y llamo de parte de Mauro.'],
  ['user', 'Consultorio dental, buenas tardes.'],
  ['agent', `¿Tendría un turno el ${SPOKEN_DAY} por la tarde?`],
  ['user', `Sí, el ${SPOKEN_DAY} a las dieciséis, queda anotado.`],
];

const conversationView = (agent: string, talk: Talk) => ({
  agent_id: agent,
  conversation_id: talk.conversationId,
  status: 'done',
  user_id: talk.bookingId,
  has_audio: true,
  transcript: TURNS.map(([role, message], n) => ({ role, message, time_in_call_secs: n })),
  metadata: {
    start_time_unix_secs: Math.floor(talk.at / 1000),
    call_duration_secs: TURNS.length,
    phone_call: { type: 'twilio', call_sid: talk.callSid, call_result: 'answered' },
  },
  conversation_initiation_client_data: {
    dynamic_variables: { booking_id: talk.bookingId, call_id: talk.callId },
  },
});

const callView = (account: string, talk: Talk) => ({
  sid: talk.callSid,
  account_sid: account,
  status: 'completed',
  date_created: new Date(talk.at).toUTCString(),
  start_time: new Date(talk.at).toUTCString(),
  end_time: new Date(talk.at).toUTCString(),
  duration: String(TURNS.length),
});
