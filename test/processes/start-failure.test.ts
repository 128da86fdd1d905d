import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explained } from '../../processes/start-failure.ts';
import { openRecords } from '../../records/open.ts';
import { LIVE } from '../e2e/support/live.ts';
import { ownPort } from '../e2e/support/own-port.ts';
import { startProcess } from '../e2e/support/process.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const CREDENTIALS = {
  ...LIVE,
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_PHONE_NUMBER: '+15005550006',
  TWILIO_API_BASE_URL: 'http://127.0.0.1:9',
  ELEVENLABS_API_KEY: 'key',
  ELEVENLABS_AGENT_ID: 'agent',
  ELEVENLABS_PHONE_NUMBER_ID: 'number',
  ELEVENLABS_WEBHOOK_SECRET: 'secret',
  ELEVENLABS_TOOL_SECRET: 'secret',
  ELEVENLABS_API_BASE_URL: 'http://127.0.0.1:9',
};

describe('a process that cannot start says what to do, without a stack', () => {
  it.each(['api', 'worker', 'bridge'])(
    '%s: Temporal does not answer',
    async (part) => {
      const port = await ownPort();
      const address = `127.0.0.1:${port}`;
      const env = { ...CREDENTIALS, DATA_DIR: here.path('data'), TEMPORAL_ADDRESS: address };
      const program = startProcess([`processes/${part}.ts`], here.path(), env);
      expect(await program.ended).toBe(1);
      expect(program.log()).toMatch(
        new RegExp(
          `Vocero cannot start, a setting needs attention:\\n  TEMPORAL_ADDRESS: ${address} does not answer: `,
        ),
      );
      expect(program.log()).not.toMatch(/^\s+at /m);
    },
    60_000,
  );
});

describe('a failure of a start', () => {
  const http = { host: '127.0.0.1', port: 3000 };

  it('is a setting where the database does not answer, without its password', async () => {
    const databaseUrl = `postgres://vocero:hunter2@127.0.0.1:${await ownPort()}/vocero`;
    const records = await openRecords({ databaseUrl });
    const error = await records.migrate().catch((thrown: unknown) => thrown);
    const said = String(explained(error, { http, databaseUrl }));
    expect(said).toMatch(/DATABASE_URL: 127\.0\.0\.1:\d+\/vocero does not answer: .*ECONNREFUSED/);
    expect(said).not.toContain('hunter2');
    await records.close();
  });

  it('is any other error as it is', () => {
    const error = new Error('a fault of ours');
    expect(explained(error, { http, databaseUrl: 'file:x' })).toBe(error);
  });

  describe('where the port is taken', () => {
    const server = createServer();
    beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it('names the port', async () => {
      const { port } = server.address() as { port: number };
      const other = createServer();
      const error = await new Promise((resolve) => other.once('error', resolve).listen(port, '127.0.0.1'));
      expect(String(explained(error, { http: { ...http, port }, databaseUrl: 'file:x' }))).toContain(
        `PORT: cannot listen on ${port} at 127.0.0.1`,
      );
    });
  });
});
