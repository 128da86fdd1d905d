import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/healthcheck.mjs', import.meta.url));

async function exitCode(url: string): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, url], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

describe('the containers’ health check', () => {
  it('succeeds on 200 and on nothing else', async () => {
    const server = createServer((request, response) =>
      response.writeHead(request.url === '/healthz' ? 200 : 503).end(),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await exitCode(`${base}/healthz`)).toBe(0);
    expect(await exitCode(`${base}/readyz`)).toBe(1);
    server.close();
    await once(server, 'close');
    expect(await exitCode(`${base}/healthz`)).toBe(1);
  });
});
