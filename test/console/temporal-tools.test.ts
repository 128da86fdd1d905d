import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ONLY_NATIVE } from '../e2e/support/client.ts';
import { runSystem } from '../e2e/support/system.ts';
import { openBrowser } from './support/open-browser.ts';

const KEY = randomBytes(32).toString('base64');
const PERSON = 'Zacarías Quintanilla';
const run = promisify(execFile);

/** What Temporal's own tools show of a booking that is encrypted in its history. */
describe('with the codec server of the API', () => {
  const system = runSystem({ env: { PAYLOAD_ENCRYPTION_KEY: KEY } });
  let id = '';
  beforeAll(async () => {
    const wish = { request: { service_type: 'dentista', user_name: PERSON } };
    id = (await system.client.book('+541143211900', { ...ONLY_NATIVE, ...wish })).id;
    await system.client.final(id);
  }, 60_000);

  it('the command line shows in clear what it shows no word of without', async () => {
    const show = async (...more: string[]): Promise<string> => {
      const args = ['workflow', 'show', '-w', id, '--address', system.temporalAddress, '--detailed', ...more];
      return (await run(process.env.TEMPORAL_CLI!, args, { maxBuffer: 1e8 })).stdout;
    };
    expect(await show()).not.toContain(PERSON);
    expect(await show('--codec-endpoint', `${system.url}/codec`)).toContain(PERSON);
  });

  const inBrowser = process.env.CONSOLE_BROWSER ? it : it.skip;
  inBrowser('its web page does so by itself, where nobody needs a key', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${new URL(await ui()).origin}/namespaces/default/workflows/${id}`);
      await page.getByText(PERSON).first().waitFor({ timeout: 45_000 });
    } finally {
      await browser.close();
    }
  });

  /** Where the console leads operators to. */
  const ui = async (): Promise<string> =>
    (await system.client.send('GET', '/console/session')).body.temporal_ui as string;
});
