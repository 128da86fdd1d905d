import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { SETTINGS_FILE } from '../../temporal/ui-files.ts';
import type { EmbeddedUi, UiBackend, UiServer } from './backend.ts';
import { giveFile, settingsOf } from './files.ts';
import { forward } from './forward.ts';
import { HISTORY_PATH, wholeHistory } from './history.ts';

/** Path that the page requests from its own server rather than from Temporal. */
const SETTINGS = '/api/v1/settings';
const READS = new Set(['GET', 'HEAD']);
/** Makes Temporal's HTTP API write payloads in full, as the page needs them. */
const IN_FULL = 'application/json+no-payload-shorthand';

/** Answers a request that has passed the door. */
export function answerUi(ui: UiBackend, request: IncomingMessage, response: ServerResponse): void {
  const address = `http://ui${request.url}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.host !== 'ui') json(response, 400, { message: 'This is no address.' });
  else if ('server' in ui) answerFromServer(ui, request, response, url);
  else answerEmbedded(ui, request, response, url);
}

/** Removes the operator's credentials: they are not for that server. Its own cookie guards its writes. */
function answerFromServer({ server }: UiServer, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const cookie = /(?:^|;\s*)(_csrf=[^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const path = `${url.pathname}${url.search}`;
  forward(request, response, { to: server, path, headers: { cookie, authorization: undefined } });
}

function answerEmbedded(ui: EmbeddedUi, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const { pathname: path } = url;
  const history = HISTORY_PATH.exec(path);
  if (history) giveHistory(ui, history, response);
  else if (path.startsWith('/api/') && path !== SETTINGS) askTemporal(ui, request, response, url);
  else if (!READS.has(request.method ?? '')) json(response, 405, { message: 'There is only something to read here.' });
  else if (path === '/render') giveNote(response, url.searchParams.get('content') ?? '');
  else givePage(ui, response, path);
}

function givePage({ files, ...ui }: EmbeddedUi, response: ServerResponse, path: string): void {
  if (!files) json(response, 503, { message: 'The files of Temporal’s web page are missing: see the log.' });
  else if (path === SETTINGS) json(response, 200, settingsOf(join(files, SETTINGS_FILE), ui));
  else giveFile(response, files, path);
}

function askTemporal(ui: EmbeddedUi, request: IncomingMessage, response: ServerResponse, url: URL): void {
  forward(request, response, {
    to: ui.api,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: ui.host,
      accept: IN_FULL,
      'content-type': request.headers['content-type'] && IN_FULL,
      origin: undefined,
      cookie: undefined,
      authorization: undefined,
    },
    answered: { 'content-type': 'application/json' },
  });
}

function giveHistory(ui: EmbeddedUi, match: RegExpExecArray, response: ServerResponse): void {
  wholeHistory(ui, match).then(
    (events) => json(response, 200, events),
    (error: Error) => json(response, 502, { message: error.message }),
  );
}

/** The page shows a workflow's note in a frame. */
function giveNote(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
