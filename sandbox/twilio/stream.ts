import WebSocket from 'ws';
import { newSid, type PhoneCall } from '../call.ts';
import { addressOf } from '../deliver.ts';
import { ownStream, registeredTalk } from '../elevenlabs/register-call.ts';
import type { World } from '../world.ts';
import { MediaStream } from './media-stream.ts';
import { signature } from './signature.ts';
import { callForm, twilioWebhook } from './webhook.ts';
import type { Element } from './xml.ts';

const HANDSHAKE_MS = 10_000;
const LONGEST_MESSAGE = 1_048_576;

interface StreamNoun {
  url: string;
  parameters: Record<string, string>;
  statusCallback: string | undefined;
  statusMethod: string | undefined;
  name: string | undefined;
}

function nounOf(element: Element): StreamNoun {
  const { url = '', statusCallback, statusCallbackMethod, name } = element.attributes;
  const parameters = element.children.filter((child) => child.name === 'Parameter');
  return {
    url,
    statusCallback,
    statusMethod: statusCallbackMethod,
    name,
    parameters: Object.fromEntries(parameters.map(({ attributes }) => [attributes.name ?? '', attributes.value ?? ''])),
  };
}

/** The stream's address for Twilio, or the reason for which Twilio would refuse it. */
function address(world: World, call: PhoneCall, raw: string): { url: string } | { problem: string } {
  const publicUrl = world.scenario(call.to).public_url ?? world.publicUrl;
  if (!URL.canParse(raw)) return { problem: `31920: the stream's URL is not a URL: ${raw.slice(0, 100)}` };
  const url = new URL(raw);
  if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && publicUrl.startsWith('http:')))
    return { problem: `31922: the stream's URL is ${url.protocol.slice(0, -1)}, not wss` };
  if (url.search) world.note(call.to, "31920: the query string of the stream's URL is stripped");
  return { url: `${url.protocol}//${url.host}${url.pathname}` };
}

/** `<Connect><Stream>`: one bidirectional Media Stream. Resolves when the next verb is due, or when the call was hung up or redirected. */
export async function runStream(world: World, call: PhoneCall, element: Element): Promise<void> {
  const noun = nounOf(element);
  const sid = newSid('MZ');
  call.streams++;
  call.streamUrl = noun.url;
  const tell = (event: string, error = ''): void => {
    if (!noun.statusCallback) return;
    void twilioWebhook(world, {
      kind: 'stream-status',
      call,
      url: noun.statusCallback,
      method: noun.statusMethod,
      detail: event,
      form: [
        ...callForm(world, call),
        ['StreamSid', sid],
        ['StreamName', noun.name ?? sid],
        ['StreamEvent', event],
        ...(error ? ([['StreamError', error]] as [string, string][]) : []),
        ['Timestamp', new Date().toISOString()],
      ],
    });
  };
  const fail = (problem: string): void => {
    world.note(call.to, problem);
    tell('stream-error', problem);
  };
  const own = ownStream(world, noun.url);
  if (own !== undefined) {
    const refused = await registeredTalk(world, call, own);
    return refused === undefined ? undefined : fail(refused);
  }
  const where = address(world, call, noun.url);
  if ('problem' in where) return fail(where.problem);
  const publicUrl = world.scenario(call.to).public_url ?? world.publicUrl;
  const reached = addressOf(world, publicUrl, where.url);
  if (!reached) return fail(`31901: ${new URL(where.url).host} is neither loopback nor the product`);
  const socket = new WebSocket(reached.target, {
    headers: {
      ...reached.headers,
      'x-twilio-signature': signature(world.account.twilioToken, where.url),
      'user-agent': 'Twilio.TmeWs/1.0',
    },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
  });
  const opened = await new Promise<string | undefined>((resolve) => {
    const stop = call.onDisturbed(() => socket.terminate());
    socket.once('open', () => resolve(undefined));
    socket.once('error', (error) => resolve(error.message || 'no connection'));
    socket.once('close', () => resolve('closed'));
    socket.once('open', stop);
  });
  if (opened !== undefined) {
    socket.on('error', () => {});
    if (!call.disturbed) fail(`31920: the stream's handshake failed: ${opened}`);
    return;
  }
  tell('stream-started');
  await new MediaStream(world, call, socket, sid, noun.parameters).run();
  tell('stream-stopped');
}
