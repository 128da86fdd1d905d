import { expect, it } from '@jest/globals';
import { ONLY_BRIDGE, ONLY_NATIVE } from '../e2e/support/client.ts';
import { runSystem } from '../e2e/support/system.ts';
import { axeViolations, browserPages, inBrowser } from './support/browser.ts';
import { client, KEYS, signIn } from './support/operator.ts';
import { listen } from './support/screen-reader.ts';

const LONG = 150_000;
/** A talk may be seen late on a busy machine; nothing here waits by the clock. */
const SLOWLY = { timeout: 60_000 };
/** Nobody is dialed a second time while a test lasts. */
const ONCE = { redial_delay_seconds: 600, budget_seconds: 3_600, max_attempts: 2, ring_seconds: 5 };
const BUTTON = 'Let the business ring back';

inBrowser('the button with which a business of the sandbox rings back', () => {
  // The button is there where the product plays the providers itself, which speak as slowly as people do.
  const system = runSystem({ demo: true, env: KEYS });
  const open = browserPages();

  it.each([
    ['our bridge', 'B Bridged call', { ...ONLY_BRIDGE, bridge: ONCE }, '+541143210094'],
    ['ElevenLabs', 'A Native call', { ...ONLY_NATIVE, native: ONCE }, '+541143210194'],
  ] as const)(
    'joins its call to an open booking, over %s, and the talk is seen and decides',
    async (_via, channel, wish, number) => {
      const { id } = await client(system).book(number, wish);
      const page = await open();
      const said = await listen(page);
      await signIn(page, system.url, `/bookings/${id}`);
      const timeline = page.locator('.timeline');
      await timeline.locator('.leg.no_answer').waitFor(SLOWLY);
      await page.locator('.outcome-card').getByText('In progress').first().waitFor();
      await page.getByRole('button', { name: BUTTON }).click();

      const inbound = timeline.locator('.attempt').filter({ hasText: 'they called us' });
      await inbound.waitFor(SLOWLY);
      expect(await inbound.locator('.channel').textContent()).toBe(channel);
      await page.locator('.turn').first().waitFor(SLOWLY);
      await timeline.locator('.end').getByText('Confirmed').waitFor(SLOWLY);
      expect(await timeline.locator('.attempt').count()).toBe(2);
      await inbound.locator('.leg').getByText('Ended', { exact: true }).waitFor(SLOWLY);
      expect(await page.locator('.turn.agent p').first().textContent()).toMatch(/había llamado de parte de Mauro/);
      expect(await said()).toContain('The business calls our number');
      expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    },
    LONG,
  );

  it(
    'has its call stand beside the outcome of a booking that is final',
    async () => {
      const { id } = await client(system).book('+541143210191', ONLY_NATIVE);
      const page = await open();
      await signIn(page, system.url, `/bookings/${id}`);
      await page.locator('.timeline .end').getByText('Declined').waitFor(SLOWLY);
      expect(await page.getByRole('region', { name: 'Calls after the outcome' }).count()).toBe(0);
      await page.getByRole('button', { name: BUTTON }).click();

      const after = page.getByRole('region', { name: 'Calls after the outcome' });
      await after.getByText('Confirmed').waitFor(SLOWLY);
      await after.getByText('in the words of the business').waitFor(SLOWLY);
      expect(await page.locator('.verdict strong').textContent()).toBe('Declined');
      expect(await page.locator('.timeline .attempt').count()).toBe(1);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Bookings', exact: true }).click();
      await page.locator('.row').filter({ hasText: '1 call after the outcome' }).waitFor(SLOWLY);
    },
    LONG,
  );
});
