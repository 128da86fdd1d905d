import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { z } from 'zod';
import { logOf, mountControl, type SandboxLog } from './control.ts';
import { acceptAgentSocket } from './elevenlabs/agent-socket.ts';
import { elevenError } from './elevenlabs/errors.ts';
import { mountElevenLabs, Signatures } from './elevenlabs/rest.ts';
import type { Workspace } from './elevenlabs/workspace.ts';
import { type Fault, faultOrder, takeFault } from './faults.ts';
import { fromBrowserElsewhere } from './foreign-browsers.ts';
import type { Moment } from './holds.ts';
import { type Answer, type Ask, drop, json, Router, readBody, reply } from './http.ts';
import { type Account, environment, type SandboxOptions } from './options.ts';
import { pause } from './pause.ts';
import { type RingBackOrder, ringBack, ringsBackWhenMissed } from './ring-back.ts';
import { scenarioOrder } from './scenario.ts';
import { learn } from './talk/hearing.ts';
import { notFound, twilioError } from './twilio/errors.ts';
import { mountTwilio } from './twilio/rest.ts';
import type { Standing } from './twilio/standing.ts';
import { World } from './world.ts';

/** Longest request body; requests to providers are much shorter. */
const LONGEST_BODY = 1_048_576;
const LONGEST_MESSAGE = 4_194_304;

/** A running sandbox: both providers, behind one address. */
export interface Sandbox {
  url: string;
  port: number;
  account: Account;
  /** The product's provider variables, which point here. */
  env: Record<string, string>;
  /**
   * Orders a world for one number (see README.md).
   * @throws ZodError that names the fault
   */
  scenario(order: z.input<typeof scenarioOrder>): void;
  log(number?: string): SandboxLog;
  /**
   * Orders one failing request.
   * @throws ZodError that names the fault
   */
  fault(order: Fault): void;
  /** Content of the ElevenLabs account; tests may read and change it. */
  readonly workspace: Workspace;
  /** State of the Twilio account and its number; tests may change it. */
  readonly standing: Standing;
  reset(): void;
  /** The callee of a live call hangs up; false when there is no such call. */
  hangUp(callSid: string): boolean;
  /** The moment at which a number's call is held now (the scenario's `hold`). */
  heldAt(number: string): Moment | undefined;
  /** Releases the number; false when no call was held. The hold is removed in either case. */
  release(number: string): boolean;
  /**
   * The number calls ours now (see README.md). Returns the call's id.
   * @throws ZodError that names the fault
   */
  ringBack(order: RingBackOrder): string;
  /** `dial` when a provider places a call, `ended` at its end. */
  events: World['events'];
  close(): Promise<void>;
}

const isTwilio = (path: string): boolean => path.startsWith('/2010-04-01/');

/** The error of the provider to which the path belongs. */
function failure(path: string, status: number, message: string): Answer {
  if (isTwilio(path)) return status === 404 ? notFound(path) : twilioError(status, 20000 + status, message);
  if (path.startsWith('/_sandbox/'))
    return json(status, { title: message, status }, { 'content-type': 'application/problem+json' });
  return elevenError(status, 'invalid_request', status === 404 ? 'not_found' : 'bad_request', message);
}

/** The dialed number in a request, if any: for the log. */
function numberIn(world: World, ask: Ask): string {
  const text = ask.body.toString('utf8');
  const form = ask.method === 'POST' && isTwilio(ask.path) ? new URLSearchParams(text).get('To') : null;
  const native = /"to_number"\s*:\s*"([^"]{1,40})"/.exec(text)?.[1];
  const call = world.call(/\/Calls\/(CA\w+)/.exec(ask.path)?.[1]);
  const conversation = world.conversation(/\/conversations\/(conv_\w+)/.exec(ask.path)?.[1] ?? '');
  return form ?? native ?? ask.query.get('To') ?? call?.to ?? conversation?.number ?? '';
}

async function handle(world: World, router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method ?? 'GET';
  const body = await readBody(request, LONGEST_BODY);
  const ask: Ask = { request, response, method, path, query, params: {}, body: body ?? Buffer.alloc(0) };
  let answer: Answer | undefined;
  const fault = takeFault(world.faults, method, path);
  try {
    const found = router.find(method, path);
    if (!body) answer = failure(path, 413, `The body is longer than ${LONGEST_BODY} bytes`);
    else if (!found) answer = failure(path, 404, `The sandbox has no endpoint ${method} ${path}`);
    else if (found === 'method') answer = failure(path, 405, `${method} is not allowed here`);
    else if (fault?.mode === 'drop') drop(ask);
    else if (typeof fault?.mode === 'number') answer = failure(path, fault.mode, 'Ordered to fail');
    else answer = await found.handler({ ...ask, params: found.params });
    if (fault?.mode === 'lost') answer = drop(ask);
    if (fault?.mode === 'silent') answer = undefined;
    // A HEAD asks for the time: any answer has it.
    if (!found && method !== 'HEAD') world.note('', `${method} ${path}: the sandbox has no such endpoint`);
  } catch (error) {
    world.note('', `${method} ${path} failed: ${error instanceof Error ? error.stack : String(error)}`);
    answer = failure(path, 500, 'The sandbox failed');
  }
  if (!path.startsWith('/_sandbox/')) {
    const note = answer && answer.status >= 400 ? JSON.stringify(answer.body).slice(0, 300) : '';
    world.keep(world.requests, {
      at: new Date(),
      method,
      path: path + (query.size > 0 ? `?${query}` : ''),
      number: numberIn(world, ask),
      code: answer?.status ?? 0,
      note,
    });
    world.log(`${method} ${path}: ${answer?.status ?? 'no answer'}`);
  }
  if (answer && !response.destroyed) reply(response, answer);
}

/** Starts both providers on one port. Resolves when they listen. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = new World(options);
  const router = new Router();
  const signatures = new Signatures();
  mountTwilio(router, world);
  mountElevenLabs(router, world, signatures);
  mountControl(router, world);
  ringsBackWhenMissed(world);

  const server = createServer((request, response) => {
    request.on('error', () => {});
    if (fromBrowserElsewhere(request)) {
      request.resume();
      return reply(response, json(403, { title: 'The sandbox answers no web pages.', status: 403 }));
    }
    handle(world, router, request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has('convai') ? 'convai' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
    const refused = fromBrowserElsewhere(request)
      ? 403
      : pathname !== '/v1/convai/conversation'
        ? 404
        : signatures.valid(searchParams.get('conversation_signature'))
          ? 0
          : 403;
    if (refused) {
      world.note(
        '',
        refused === 403 ? 'agent socket without a valid conversation_signature' : `no socket at ${pathname}`,
      );
      socket.end(
        `HTTP/1.1 ${refused} ${refused === 403 ? 'Forbidden' : 'Not Found'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => acceptAgentSocket(world, open, request));
  });

  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  world.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  void learn(world.paceOf(world.scenario('')).pace, world.closing.signal);

  return {
    url: world.url,
    port,
    account: world.account,
    env: environment(world.account, world.url),
    scenario: (order) => void world.setScenario(scenarioOrder.parse(order)),
    log: (number) => logOf(world, number),
    fault: (order) => void world.faults.push(faultOrder.parse(order)),
    get workspace() {
      return world.workspace;
    },
    standing: world.standing,
    reset: () => world.reset(),
    hangUp: (callSid) => {
      const call = world.call(callSid);
      if (!call?.live) return false;
      call.hangUp('callee');
      return true;
    },
    heldAt: (number) => world.holds.at(number),
    release: (number) => world.release(number),
    ringBack: (order) => ringBack(world, order).sid,
    events: world.events,
    close: async () => {
      for (const call of world.calls) call.hangUp('closing');
      world.closing.abort();
      for (const socket of sockets.clients) socket.terminate();
      // Live calls end within a moment; their last webhooks are not sent.
      for (let n = 0; n < 50 && world.calls.some((call) => call.live); n++) await pause(10);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
