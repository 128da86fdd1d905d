import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { startSandbox } from '../../sandbox/server.ts';
import { send, ways } from '../attacks/web-page.ts';
import { until } from '../support/until.ts';
import { Product, TWIML } from './product.ts';

const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

describe('the sandbox as a process', () => {
  it('prints the product’s environment, serves, and goes when told to', async () => {
    const child = spawn(process.execPath, [MAIN, '--public-url', 'http://127.0.0.1:9', '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TWILIO_ACCOUNT_SID: 'ACgiven', ELEVENLABS_API_KEY: '' },
    });
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (/ELEVENLABS_API_BASE_URL=.*\n/.test(text)) break;
    }
    const env = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    );
    expect(env).toMatchObject({ TWILIO_ACCOUNT_SID: 'ACgiven', TWILIO_API_BASE_URL: env.ELEVENLABS_API_BASE_URL });
    expect(env.ELEVENLABS_API_KEY).toMatch(/^sk_sandbox_/);
    expect((await fetch(`${env.TWILIO_API_BASE_URL}/_sandbox/log`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [[], '--public-url is missing'],
    [['--public-url', 'nowhere'], '--public-url is no URL'],
    [['--public-url', 'http://127.0.0.1:9', '--pace', '99'], '--pace must be'],
    [['--public-url', 'http://127.0.0.1:9', '--port', 'x'], '--port is no port'],
  ])('%j: says what is wrong and exits with 2', async (args, complaint) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, text]).toEqual([2, expect.stringContaining(complaint)]);
  });
});

describe('a product behind a public name', () => {
  it('is reached where it is served, with signatures over its public URL; nothing else leaves the machine', async () => {
    const product = await Product.start();
    const publicUrl = 'https://vocero.example';
    const sandbox = await startSandbox({ publicUrl, reach: product.url, pace: 6, ringMs: 100 });
    const paths: string[] = [];
    product.answer = ({ path }) =>
      path === TWIML
        ? {
            type: 'text/xml',
            body: '<Response><Connect><Stream url="wss://vocero.example/ws/media-stream/x"/></Connect></Response>',
          }
        : {};
    product.onStream = (socket, { url, headers }) => {
      paths.push(`${url} ${headers['x-forwarded-proto']} ${headers['x-forwarded-host']}`);
      socket.close();
    };
    const client = twilio(sandbox.account.twilioSid, sandbox.account.twilioToken);
    client.api.baseUrl = sandbox.url;
    const over = once(sandbox.events, 'ended');
    await client.calls.create({
      to: '+541143211234',
      from: sandbox.account.twilioNumber,
      url: `${publicUrl}${TWIML}?call_id=bk_r.1`,
      statusCallback: 'https://elsewhere.example/status',
    });
    await over;
    const [asked] = product.of(TWIML);
    const signature = String(asked!.headers['x-twilio-signature']);
    const url = `${publicUrl}${TWIML}?call_id=bk_r.1`;
    expect(twilio.validateRequest(sandbox.account.twilioToken, signature, url, asked!.form)).toBe(true);
    expect(paths).toEqual(['/ws/media-stream/x https vocero.example']);
    // Tried after the end, and over without an answer.
    const told = await until(() => sandbox.log().webhooks.find(({ kind }) => kind === 'status'), 10_000, 'the status');
    expect(told).toMatchObject({
      code: 0,
      error: expect.stringContaining('not delivered'),
    });
    await sandbox.close();
    await product.stop();
  });
});

it('a web page of another site can neither order anything nor read what was said', async () => {
  const sandbox = await startSandbox({ publicUrl: 'http://127.0.0.1:9' });
  try {
    const body = '{"number":"+541143219901","callee":"busy"}';
    for (const headers of ways(sandbox.port)) {
      const asked = (method: 'GET' | 'POST', path: string) =>
        send({ host: '127.0.0.1', port: sandbox.port }, { method, path, headers, ...(method === 'POST' && { body }) });
      expect(await asked('GET', '/_sandbox/log')).toMatchObject({ status: 403 });
      expect(await asked('POST', '/_sandbox/scenario')).toMatchObject({ status: 403 });
    }
    for (const host of [`localhost:${sandbox.port}`, 'sandbox:9400', '10.0.0.7']) {
      const headers = { host };
      const answer = await send(
        { host: '127.0.0.1', port: sandbox.port },
        { method: 'GET', path: '/_sandbox/log', headers },
      );
      expect([host, answer?.status]).toEqual([host, 200]);
    }
  } finally {
    await sandbox.close();
  }
});
