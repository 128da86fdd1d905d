import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { foreignBrowser, namesOf } from '../../config/foreign-browsers.ts';
import { isLoopbackHost } from '../../config/loopback.ts';
import type { AccessRecords } from '../../records/ports/access.ts';
import { isOpen, keyHolders, sessionHolders } from '../authentication.ts';
import type { ApiSettings } from '../deps.ts';
import { Problem } from '../problem.ts';
import { wrongKeys } from '../wrong-keys.ts';
import { answerUi, json } from './answer.ts';
import type { UiBackend } from './backend.ts';

export interface DoorSettings
  extends Pick<ApiSettings, 'apiKeys' | 'operatorKeys' | 'operatorNames' | 'ownerHash' | 'publicUrl' | 'wrongKeys'> {
  /** Port of the console, where operators sign in. */
  consolePort: number;
  /** Base URL of the page, unless it is this machine's own name. */
  uiUrl?: string | undefined;
}

const READS = new Set(['GET', 'HEAD']);
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Guards Temporal's web page, which has no authentication. It answers under this machine's names only and never for another site's page.
 * Where the installation has keys, it admits only operators who signed in at the console (or bring a key). An admitted operator may do
 * everything there.
 */
export function temporalDoor(
  ui: UiBackend,
  settings: DoorSettings,
  records: Pick<AccessRecords, 'sessionOwner'>,
  now: () => number = Date.now,
): RequestListener {
  const names = namesOf(settings.uiUrl);
  const origins = settings.uiUrl ? [new URL(settings.uiUrl).origin] : [];
  const isOurs = (name: string): boolean => isLoopbackHost(name) || names.includes(name);
  const open = isOpen(settings);
  const holderOfKey = keyHolders(settings);
  const holderOfSession = sessionHolders(settings, records);
  const guarded = wrongKeys(now, settings.wrongKeys);

  /** @throws Problem for a wrong key, or too many of them */
  const bringsKey = (request: IncomingMessage): boolean => {
    const header = request.headers.authorization;
    if (header === undefined) return false;
    return guarded(request.socket.remoteAddress ?? '', header, () => {
      const [, key] = /^Bearer +([^\s]+) *$/i.exec(header) ?? [];
      if (key && holderOfKey(key)?.operator) return true;
      throw new Problem(401, 'This is no key of an operator.');
    });
  };

  const refusal = async (request: IncomingMessage): Promise<Problem | undefined> => {
    const foreign = foreignBrowser(request, isOurs, origins);
    if (foreign) return new Problem(403, foreign);
    const write = !READS.has(request.method ?? '');
    // A content type that any page's form can send: this page never sends it.
    const type = request.headers['content-type'];
    if (write && type !== undefined && !/^application\/json\b/i.test(type)) return new Problem(415, 'Send JSON.');
    if (open || bringsKey(request)) return undefined;
    if (!(await holderOfSession(request, now())))
      return new Problem(401, 'Sign in at the console with an operator’s key.');
    // Browsers send a cookie by themselves: a write with a cookie must name its page.
    return write && request.headers.origin === undefined ? new Problem(403, 'A write must name its page.') : undefined;
  };

  return (request, response) => {
    response.on('error', () => undefined);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    refusal(request)
      .then(
        (problem) => (problem ? refuse(request, response, problem, settings) : answerUi(ui, request, response)),
        (error: unknown) =>
          refuse(request, response, error instanceof Problem ? error : new Problem(503, 'Try again.'), settings),
      )
      .catch(() => response.destroy());
  };
}

/** Redirects a browser without a session to the sign-in page. */
function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem, settings: DoorSettings): void {
  request.resume();
  const page = request.method === 'GET' && !/^\/(api|_app)\//.test(request.url ?? '');
  if (problem.status === 401 && page && request.headers.authorization === undefined) {
    response.writeHead(303, { location: signInAt(request, settings), 'cache-control': 'no-store' }).end();
    return;
  }
  response.setHeader('connection', 'close');
  json(response, problem.status, { message: problem.message });
}

/** The console under the host name of this request, because its cookie is valid for that name only. */
function signInAt(request: IncomingMessage, { consolePort, publicUrl }: DoorSettings): string {
  const { hostname } = new URL(`http://${request.headers.host ?? '127.0.0.1'}`);
  const console = isLoopbackHost(hostname) ? `http://${hostname}:${consolePort}` : publicUrl;
  return `${console}/sign-in`;
}
