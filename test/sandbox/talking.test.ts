import { once } from 'node:events';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import WebSocket from 'ws';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { Product, TWIML, variables } from './product.ts';

let product: Product;
let sandbox: Sandbox;
let eleven: ElevenLabsClient;
let client: ReturnType<typeof twilio>;

/** How the product answers a call and takes its streams, by the call's id: the talks are held beside each other. */
const calls = new Map<string, { twiml: string; onStream: (stream: WebSocket) => void }>();

beforeAll(async () => {
  product = await Product.start();
  product.answer = ({ path, url }) =>
    path === TWIML ? { type: 'text/xml', body: calls.get(new URL(url).searchParams.get('call_id')!)!.twiml } : {};
  product.onStream = (stream, { url }) => calls.get(url!.split('/').at(-1)!)!.onStream(stream);
  sandbox = await startSandbox({ publicUrl: product.url, pace: 4, ringMs: 100 });
  eleven = new ElevenLabsClient({ apiKey: sandbox.account.apiKey, baseUrl: sandbox.url, maxRetries: 0 });
  client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
  client.api.baseUrl = sandbox.url;
});
afterAll(async () => {
  await sandbox.close();
  await product.stop();
});

type Payload = Record<string, unknown>;
/** Any message of either protocol: a kind, and a payload under a key of its own. */
interface Message {
  type?: string;
  event?: string;
  streamSid?: string;
  sequenceNumber?: string;
  audio_event?: Payload;
  ping_event?: Payload;
  agent_response_event?: Payload;
  agent_response_correction_event?: Record<string, string>;
  user_transcription_event?: Payload;
  client_tool_call?: Payload;
  start?: Payload;
  media?: Record<string, string>;
  mark?: Payload;
}
const parse = (data: WebSocket.RawData): Message => JSON.parse(String(data));

/** An agent socket that is past its initiation; answers pings and tool calls, keeps everything. */
class Agent {
  readonly messages: Message[] = [];
  onAudio: (base64: string) => void = () => {};
  onInterruption: () => void = () => {};
  socket!: WebSocket;

  static async open(agentId: string, init: Record<string, unknown>): Promise<Agent> {
    const agent = await Agent.connect(agentId);
    agent.begin(init);
    return agent;
  }

  static async connect(agentId: string): Promise<Agent> {
    const agent = new Agent();
    const { signedUrl } = await eleven.conversationalAi.conversations.getSignedUrl({ agentId });
    agent.socket = new WebSocket(signedUrl, 'convai');
    await once(agent.socket, 'open');
    agent.socket.on('message', (data) => agent.receive(parse(data)));
    return agent;
  }

  begin(init: Record<string, unknown>): void {
    this.socket.send(JSON.stringify({ type: 'conversation_initiation_client_data', ...init }));
  }

  hear(base64: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ user_audio_chunk: base64 }));
  }

  of(type: string): Message[] {
    return this.messages.filter((message) => message.type === type);
  }

  private receive(message: Message): void {
    this.messages.push(message);
    const send = (reply: unknown): void => this.socket.send(JSON.stringify(reply));
    if (message.type === 'audio') this.onAudio(String(message.audio_event!.audio_base_64));
    if (message.type === 'interruption') this.onInterruption();
    if (message.type === 'ping') send({ type: 'pong', event_id: message.ping_event!.event_id });
    if (message.type === 'client_tool_call')
      send({
        type: 'client_tool_result',
        tool_call_id: message.client_tool_call!.tool_call_id,
        result: '{"accepted":true}',
        is_error: false,
      });
  }
}

const said = (agent: Agent): string[] =>
  agent.of('agent_response').map((m) => String(m.agent_response_event!.agent_response));
const reports = (agent: Agent) => agent.of('client_tool_call').map((m) => m.client_tool_call!.parameters);

describe('two agent sockets joined to each other', () => {
  it.concurrent.each([
    ['la recepcionista ofrece el martes a las 16', { result: 'confirmed', confirmed_time: '16:00' }],
    ['la recepcionista ofrece el viernes a las 9:30', { result: 'confirmed', confirmed_time: '09:30' }],
    ['no hay turnos disponibles', { result: 'no_availability' }],
  ])('talk until the caller reports what it heard: %s', async (prompt, expected) => {
    const caller = await Agent.connect(sandbox.account.agentId);
    const receptionist = await Agent.connect(sandbox.account.receptionistAgentId);
    caller.onAudio = (audio) => receptionist.hear(audio);
    receptionist.onAudio = (audio) => caller.hear(audio);
    receptionist.begin({
      dynamic_variables: { ...variables('x.1'), booking_id: '', call_id: '' },
      conversation_config_override: { agent: { prompt: { prompt } } },
    });
    caller.begin({ dynamic_variables: variables('bk_duet1.1'), user_id: 'bk_duet1' });
    await once(caller.socket, 'close');
    receptionist.socket.close();
    expect(reports(caller)).toEqual([expect.objectContaining({ ...expected, call_id: 'bk_duet1.1' })]);
    expect(reports(receptionist)).toEqual([]);
    // What it heard is what the other said, in its order. A turn may be missed: the two greet at the same moment, and a busy
    // machine makes speech stutter.
    const transcribed = caller.of('user_transcript').map((m) => String(m.user_transcription_event!.user_transcript));
    // Speech that stuttered is transcribed as three dots.
    const heard = transcribed.filter((words) => words !== '...');
    const spoken = said(receptionist);
    const places = heard.map((words) => spoken.indexOf(words));
    expect([heard, places]).toEqual([heard, [...new Set(places)].filter((n) => n >= 0).sort((a, b) => a - b)]);
    expect(heard.length).toBeGreaterThan(0);
  });

  it.concurrent('does not start without its variables, and says which are missing', async () => {
    const agent = await Agent.open(sandbox.account.agentId, { dynamic_variables: { booking_id: 'bk_x' } });
    const [code] = await once(agent.socket, 'close');
    expect(code).toBe(1008);
    expect(agent.messages).toMatchObject([{ type: 'error', error_event: { error_type: 'missing_dynamic_variable' } }]);
  });

  it.concurrent('who is told of a talk so far repeats its own first message, never the introduction of the one before', async () => {
    const agent = await Agent.connect(sandbox.account.agentId);
    const resumed = '¿Sigue ahí?';
    const spoken = async (times: number): Promise<void> => {
      while (agent.of('agent_response').length < times) await once(agent.socket, 'message');
    };
    agent.begin({
      dynamic_variables: variables('bk_resumed.1'),
      conversation_config_override: { agent: { first_message: resumed } },
    });
    agent.socket.send(JSON.stringify({ type: 'contextual_update', text: 'The talk so far:\nYou: Hola' }));
    await spoken(1);
    agent.socket.send(JSON.stringify({ type: 'user_message', text: 'No le entendí, ¿cómo dijo?' }));
    await spoken(2);
    agent.socket.close();
    expect(said(agent)).toEqual([resumed, resumed]);
  });

  it.concurrent('refuses a socket without a signature, and a first message of another kind', async () => {
    const unsigned = new WebSocket(
      `${sandbox.url.replace('http', 'ws')}/v1/convai/conversation?agent_id=${sandbox.account.agentId}`,
    );
    const [error] = await once(unsigned, 'error');
    expect(String(error)).toContain('403');
    const { signedUrl } = await eleven.conversationalAi.conversations.getSignedUrl({
      agentId: sandbox.account.agentId,
    });
    const socket = new WebSocket(signedUrl);
    await once(socket, 'open');
    socket.send(Buffer.from([1, 2, 3]));
    const [data] = await once(socket, 'message');
    expect(parse(data)).toMatchObject({ type: 'error', error_event: { error_type: 'invalid_message' } });
  });
});

/** A bridge as short as possible: a Media Stream joined to an agent. */
function bridge(
  callId: string,
  {
    seen,
    agents = [],
    language,
    next = '<Hangup/>',
  }: { seen: Message[]; agents?: Agent[]; language?: string; next?: string },
): void {
  const twiml = `<Response><Connect>${streamTo(callId)}<Parameter name="token" value="a&lt;b"/></Stream></Connect>${next}</Response>`;
  const onStream = async (stream: WebSocket): Promise<void> => {
    let streamSid = '';
    const early: Message[] = [];
    let agent: Agent | undefined;
    const take = (message: Message): void => {
      if (message.event === 'start') streamSid = String(message.start!.streamSid);
      if (message.event === 'media') agent?.hear(String(message.media!.payload));
    };
    stream.on('message', (data) => {
      const message = parse(data);
      seen.push(message);
      if (agent) take(message);
      else early.push(message);
    });
    agent = await Agent.open(sandbox.account.agentId, {
      dynamic_variables: variables(callId),
      user_id: callId,
      ...(language && { conversation_config_override: { agent: { language } } }),
    });
    agents.push(agent);
    for (const message of early) take(message);
    agent.onAudio = (payload) => stream.send(JSON.stringify({ event: 'media', streamSid, media: { payload } }));
    agent.onInterruption = () => stream.send(JSON.stringify({ event: 'clear', streamSid }));
    agent.socket.on('close', () => stream.close());
    stream.on('close', () => agent!.socket.close());
  };
  calls.set(callId, { twiml, onStream });
}

const streamTo = (callId: string): string =>
  `<Stream url="${product.url.replace('http', 'ws')}/ws/media-stream/${callId}">`;

const ended = (number: string): Promise<void> =>
  new Promise((resolve) => {
    sandbox.events.on('ended', ({ to }: { to: string }) => {
      if (to === number) resolve();
    });
  });

async function bridged(to: string, callId: string, language?: string): Promise<{ seen: Message[]; agent: Agent }> {
  const seen: Message[] = [];
  const agents: Agent[] = [];
  bridge(callId, { seen, agents, ...(language && { language }) });
  const over = ended(to);
  const { twiml, onStream } = calls.get(callId)!;
  const closed = new Promise((resolve) => {
    calls.set(callId, {
      twiml,
      onStream: (stream) => {
        stream.once('close', resolve);
        onStream(stream);
      },
    });
  });
  await client.calls.create({
    to,
    from: sandbox.account.twilioNumber,
    url: `${product.url}${TWIML}?call_id=${callId}`,
    record: true,
  });
  await Promise.all([over, closed]);
  return { seen, agent: agents[0]! };
}

describe('a phone call bridged to an agent', () => {
  it.concurrent('is talked through to a report; the callee cuts in, and the agent is interrupted', async () => {
    sandbox.scenario({ number: '+541143211234', confirmed_date: '2027-03-04', confirmed_time: '11:15' });
    const { agent } = await bridged('+541143211234', 'bk_br01.1');
    expect(reports(agent)).toEqual([
      expect.objectContaining({
        result: 'confirmed',
        confirmed_date: '2027-03-04',
        confirmed_time: '11:15',
        call_id: 'bk_br01.1',
      }),
    ]);
    expect(agent.of('interruption')).toHaveLength(1);
    const [correction] = agent.of('agent_response_correction') as unknown as [
      { agent_response_correction_event: Record<string, string> },
    ];
    const { original_agent_response: whole, corrected_agent_response: heard } =
      correction.agent_response_correction_event;
    expect(whole!.startsWith(heard!.replace('...', ''))).toBe(true);
    expect(heard!.length).toBeLessThan(whole!.length);
    const { calls, notes } = sandbox.log('+541143211234');
    expect(calls).toMatchObject([{ ended_by: 'twiml-hangup', clears: 1, streams: 1 }]);
    expect(notes).toEqual([]);
  });

  it.concurrent.each([
    ['91', 'declined'],
    ['92', 'no_availability'],
    ['95', 'voicemail'],
    ['98', 'callback_requested'],
    ['77', 'callback_requested'],
    ['99', 'wrong_number'],
    ['89', 'do_not_call'],
  ])('a callee whose number ends in %s is understood as %s', async (digits, result) => {
    const { agent } = await bridged(`+5411432113${digits}`, `bk_br${digits}.1`);
    expect(reports(agent)).toEqual([expect.objectContaining({ result })]);
  });

  it.concurrent('is talked through in English with an agent that is asked to speak it, whichever language the callee began in', async () => {
    const number = '+541143211262';
    sandbox.scenario({ number, confirmed_date: '2027-03-04', confirmed_time: '11:15' });
    const { agent } = await bridged(number, 'bk_en01.1', 'en');
    expect(reports(agent)).toEqual([
      expect.objectContaining({
        confirmed_date: '2027-03-04',
        confirmed_time: '11:15',
        notes: 'The practice confirmed the appointment.',
      }),
    ]);
    const heard = agent.of('user_transcript').map((m) => m.user_transcription_event!.user_transcript);
    expect(heard).toEqual(
      expect.arrayContaining([
        'Yes, I have a slot on Thursday at eleven fifteen in the morning. Does that suit you?',
        "Yes, yes, you're booked in.",
      ]),
    );
    expect(said(agent).at(-1)).toBe('Thank you very much, goodbye.');
  });

  it.concurrent.each([
    ['83', '16:00', /^Creo que sí/],
    ['84', '16:00', /me equivoqué/],
    ['85', '15:00', /ya quedó anotado/],
  ])('an agent reports a confirmation of a callee whose number ends in %s, at %s', async (digits, time, last) => {
    const { agent } = await bridged(`+5411432113${digits}`, `bk_br${digits}.1`);
    expect(reports(agent)).toEqual([expect.objectContaining({ result: 'confirmed', confirmed_time: time })]);
    const heard = agent.of('user_transcript').map((m) => String(m.user_transcription_event!.user_transcript));
    expect(heard.at(-1)).toMatch(last);
  });

  it.concurrent.each([
    ['pcm_16000', '+541143211250'],
    ['pcm_44100', '+541143211254'],
  ])('an agent that speaks %s hears nonsense when its format is ignored', async (format, number) => {
    sandbox.scenario({ number, format });
    const { agent } = await bridged(number, `bk_${format.replace('_', '')}.1`);
    expect(reports(agent)).toEqual([]);
  });

  it.concurrent('sends connected, start with the parameters, numbered 20 ms frames, and stop when the callee hangs up', async () => {
    const { seen } = await bridged('+541143211297', 'bk_br97.1');
    expect(seen[0]).toEqual({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    expect(seen[1]).toMatchObject({
      event: 'start',
      sequenceNumber: '1',
      start: {
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        tracks: ['inbound'],
        customParameters: { token: 'a<b' },
      },
    });
    const media = seen.filter(({ event }) => event === 'media') as unknown as {
      media: { payload: string; chunk: string; timestamp: string };
    }[];
    expect(media.every(({ media: { payload } }) => Buffer.from(payload, 'base64').length === 160)).toBe(true);
    expect(media.map(({ media: { chunk } }) => Number(chunk))).toEqual(media.map((_, i) => i + 1));
    expect(media.map(({ media: { timestamp } }) => Number(timestamp))).toEqual(media.map((_, i) => i * 20));
    expect(seen.map((m) => m.sequenceNumber).slice(1)).toEqual(seen.slice(1).map((_, i) => String(i + 1)));
    expect(seen.at(-1)).toMatchObject({ event: 'stop', stop: { accountSid: sandbox.account.twilioSid } });
  });

  it.concurrent('keeps a recording that Twilio was asked for', async () => {
    const { agent } = await bridged('+541143211251', 'bk_rec.1');
    expect(reports(agent)).toHaveLength(1);
    const [call] = sandbox.log('+541143211251').calls;
    const [recording] = await client.calls(String(call!.call_sid)).recordings.list();
    expect(recording).toMatchObject({ status: 'completed', callSid: call!.call_sid });
    const wav = await fetch(`${sandbox.url}${recording!.uri.replace('.json', '.wav')}`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${sandbox.account.twilioSid}:${sandbox.account.twilioToken}`).toString('base64')}`,
      },
    });
    expect(wav.headers.get('content-type')).toBe('audio/x-wav');
    expect(
      Buffer.from(await wav.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF');
  });

  it.concurrent('a stream that is cut is followed by the next verb', async () => {
    const seen: Message[] = [];
    sandbox.scenario({ number: '+541143211252', stream_drops: 1 });
    bridge('bk_drop.1', { seen, next: `<Redirect>${TWIML}?call_id=bk_drop.1</Redirect>` });
    const over = ended('+541143211252');
    await client.calls.create({
      to: '+541143211252',
      from: sandbox.account.twilioNumber,
      url: `${product.url}${TWIML}?call_id=bk_drop.1`,
      timeLimit: 4,
    });
    await over;
    expect(sandbox.log('+541143211252').calls).toMatchObject([{ drops: 1 }]);
    expect(seen.filter(({ event }) => event === 'start').length).toBeGreaterThan(1);
  });
});

describe('sound on its way to the callee', () => {
  it.concurrent('echoes a mark when all before it was played, and all marks at once on clear', async () => {
    const echoes: string[] = [];
    const twiml = `<Response><Connect>${streamTo('m')}</Stream></Connect></Response>`;
    const onStream = (stream: WebSocket): void => {
      let frames = 0;
      stream.on('message', (data) => {
        const message = parse(data);
        const streamSid = message.streamSid;
        const send = (reply: Record<string, unknown>): void => stream.send(JSON.stringify({ ...reply, streamSid }));
        if (message.event === 'start') {
          send({ event: 'media', media: { payload: Buffer.alloc(800, 0xff).toString('base64') } });
          send({ event: 'mark', mark: { name: 'short' } });
          send({ event: 'media', media: { payload: Buffer.alloc(80_000, 0xff).toString('base64') } });
          send({ event: 'mark', mark: { name: 'a' } });
          send({ event: 'mark', mark: { name: 'b' } });
          send({ event: 'mark', mark: {} });
        }
        if (message.event === 'media') frames++;
        if (message.event === 'mark') {
          echoes.push(`${message.mark!.name} after ${frames >= 4 ? 'its sound' : 'nothing'}`);
          if (message.mark!.name === 'short') send({ event: 'clear' });
          if (message.mark!.name === 'b') stream.close();
        }
      });
    };
    calls.set('m', { twiml, onStream });
    const over = ended('+541143211253');
    await client.calls.create({
      to: '+541143211253',
      from: sandbox.account.twilioNumber,
      url: `${product.url}${TWIML}?call_id=m`,
    });
    await over;
    expect(echoes).toEqual(['short after its sound', 'a after its sound', 'b after its sound']);
    expect(sandbox.log('+541143211253')).toMatchObject({
      calls: [{ marks: 3, clears: 1 }],
      notes: [{ text: '31951: a mark without a name' }],
    });
  });
});
