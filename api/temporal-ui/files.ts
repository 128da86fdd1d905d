import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.gif': 'image/gif',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Excludes paths with hidden parts or parts that lead up. */
const PLAIN_PATH = /^(\/[\w-][\w.-]*)+$/;

/** Answers with a file of the page. Every other address gets the page itself, which routes by its address. */
export function giveFile(response: ServerResponse, folder: string, path: string): void {
  const named = PLAIN_PATH.test(path) && extname(path) ? join(folder, path) : undefined;
  const file = named && existsSync(named) && statSync(named).isFile() ? named : undefined;
  if (!file && path.startsWith('/_app/')) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.');
    return;
  }
  const immutable = path.startsWith('/_app/immutable/');
  response.writeHead(200, {
    'content-type': TYPES[extname(file ?? '.html')] ?? TYPES['.html'],
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  pipeline(createReadStream(file ?? join(folder, 'index.html')), response, () => undefined);
}

/** The settings that the page reads from its server, as its own server would give them, with ours in place. */
export function settingsOf(file: string, ours: { namespace: string; codecEndpoint?: string | undefined }): object {
  const said = JSON.parse(readFileSync(file, 'utf8')) as { Codec?: object };
  return {
    ...said,
    DefaultNamespace: ours.namespace,
    Codec: { ...said.Codec, Endpoint: ours.codecEndpoint ?? '' },
  };
}
