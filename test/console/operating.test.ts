import { expect, it } from '@jest/globals';
import { ONLY_BRIDGE } from '../e2e/support/client.ts';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { browserPages, inBrowser } from './support/browser.ts';
import { client, KEYS, signIn } from './support/operator.ts';

const LONG = 150_000;
/** An attempt may be seen late on a busy machine; nothing here waits by the clock. */
const SLOWLY = { timeout: 60_000 };

inBrowser('an operator at the console of a running system', () => {
  const system = runSystem({ env: KEYS });
  const open = browserPages();

  it(
    'signs in, places a booking, watches it escalate live, and hears it with the transcript following',
    async () => {
      const page = await open();
      await signIn(page, system.url);
      await page.getByRole('link', { name: 'New booking', exact: true }).click();
      await page.getByLabel('Name', { exact: false }).first().fill('Clínica Dental Sur');
      // A answers 503, so B follows.
      await page.getByLabel(/^Phone/).fill('+541143211034');
      await page.getByLabel(/^Service/).fill('dentista');
      await page.getByLabel(/^In the name of/).fill('Mauro');
      await page.getByRole('button', { name: 'Place booking' }).click();
      await page.getByRole('heading', { name: 'Clínica Dental Sur', level: 1 }).waitFor();

      const timeline = page.locator('.timeline');
      await timeline.getByText('Bridged call').waitFor(SLOWLY);
      await page.locator('.turn').first().waitFor(SLOWLY);
      expect(await page.locator('.budgets').textContent()).toMatch(/Bridged call\s*1 h 5\d min left · 1 of 3 attempts/);
      const run = await page.getByRole('link', { name: 'Open in Temporal' }).getAttribute('href');
      const id = new URL(page.url()).pathname.split('/').at(-1)!;
      expect(run).toContain(`/namespaces/default/workflows/${id}`);
      expect((await fetch(run!)).status).toBe(200);
      const early = await page.locator('.turn').count();
      await page.locator('.turn').nth(early).waitFor(SLOWLY);
      await timeline.locator('.end').getByText('Confirmed').waitFor(SLOWLY);
      expect(await timeline.locator('.chapter-head .channel').allTextContents()).toEqual([
        'A Native call',
        'B Bridged call',
      ]);
      expect(await timeline.locator('.evidence').filter({ hasText: 'Agent’s report' }).count()).toBeGreaterThan(0);

      await page.locator('.player').waitFor(SLOWLY);
      await until(
        () =>
          page
            .locator('.player .wave')
            .evaluate((box) => box.firstElementChild?.shadowRoot?.querySelector('canvas') != null),
        30_000,
        'the waveform',
      );
      await page.getByRole('button', { name: 'Play' }).click();
      const sound = page.locator('audio');
      await until(
        () => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime > 0.5),
        30_000,
        'the sound to go on',
      );
      expect(await sound.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeGreaterThan(2);
      const places = page.locator('.turn button.place');
      // What the business says was written down after it was said; a click leads to where it begins to be said.
      await page.locator('.turn.business button.place').first().click();
      const heard = await sound.evaluate((audio: HTMLAudioElement) => audio.currentTime);
      const spoken = await page.evaluate(
        async (path) => {
          const bytes = await (await fetch(path)).arrayBuffer();
          const decoded = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(bytes);
          const samples = decoded.getChannelData(0);
          return samples.findIndex((sample) => Math.abs(sample) > 0.1) / decoded.sampleRate;
        },
        `/v1/bookings/${new URL(page.url()).pathname.split('/').at(-1)}/recording`,
      );
      expect(Math.abs(heard - spoken)).toBeLessThan(1);
      // So does a click on the words that the appointment rests on.
      await places.last().click();
      await page.getByRole('button', { name: /^Listen: «Sí, tengo lugar/ }).click();
      await until(
        async () => (await page.locator('.turn.business').first().getAttribute('aria-current')) === 'true',
        20_000,
        'the cited turn to be marked',
      );
      const cited = await sound.evaluate((audio: HTMLAudioElement) => audio.currentTime);
      expect(Math.abs(cited - spoken)).toBeLessThan(2);
      await places.last().click();
      const lastTurn = page.locator('.turn').last();
      await until(
        async () => (await lastTurn.getAttribute('aria-current')) === 'true',
        20_000,
        'the last turn to be marked',
      );
      await places.first().click();
      await until(
        async () => (await page.locator('.turn').first().getAttribute('aria-current')) === 'true',
        20_000,
        'the first turn to be marked',
      );
    },
    LONG,
  );

  it(
    'sees the list change by itself, searches it, and cancels a booking that rings',
    async () => {
      const page = await open();
      await signIn(page, system.url);
      const booking = await client(system).book('+541143210094', {
        ...ONLY_BRIDGE,
        business: { name: 'Peluquería Ñandú', phone: '+541143210094' },
      });
      const row = page.locator('.row').filter({ hasText: 'Peluquería Ñandú' });
      await row.getByText('In progress').waitFor(SLOWLY);
      await page.getByLabel('Search').fill('nandu');
      await until(() => new URL(page.url()).searchParams.get('q') === 'nandu', 20_000, 'the search in the address');
      await until(async () => (await page.locator('.row').count()) === 1, 20_000, 'one row');
      await page.getByLabel('Search').fill('nobody of this name');
      await page.locator('.empty').getByText('No booking matches.').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await row.click();
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await page.getByRole('button', { name: 'No, go on' }).click();
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await page.locator('.timeline .end').getByText('Canceled').waitFor(SLOWLY);
      expect((await client(system).booking(booking.id)).outcome?.result).toBe('canceled');
    },
    LONG,
  );

  it(
    'settles what the evidence does not',
    async () => {
      const page = await open();
      // Nobody speaks, yet the agent reports a confirmation.
      const { id } = await client(system).book('+541143210090', ONLY_BRIDGE);
      await signIn(page, system.url, `/bookings/${id}`);
      await page.getByRole('heading', { name: 'Review this booking' }).waitFor(SLOWLY);
      await page.getByLabel(/Your name/).fill('Olga');
      await page.getByRole('button', { name: 'Save review' }).click();
      await page.locator('.field.refused .problem').getByText('Choose a result').waitFor();
      expect(await page.locator('.field.refused').count()).toBe(1);
      await page.getByRole('combobox', { name: /^Result/ }).selectOption('confirmed');
      await page.getByLabel('Date').fill('2026-11-27');
      await page.getByLabel('Time').fill('16:30');
      await page.getByLabel('Notes').fill('Called them: it stands.');
      await page.getByLabel(/Your name/).fill('Olga');
      await page.getByRole('button', { name: 'Save review' }).click();
      await page.getByText(/Reviewed by Olga/).waitFor();
      expect(await page.locator('.verdict strong').textContent()).toBe('Reviewed: Confirmed');
      expect(await page.locator('.appointment-large').textContent()).toMatch(/27 Nov, 16:30$/);
      expect((await client(system).booking(id)).outcome?.result).toBe('needs_review');
    },
    LONG,
  );

  it(
    'lifts a do-not-call',
    async () => {
      const page = await open();
      const { id } = await client(system).book('+541143210089', ONLY_BRIDGE);
      await signIn(page, system.url, `/bookings/${id}`);
      await page.locator('.timeline .end').getByText('Asked not to be called').waitFor(SLOWLY);
      await page.getByRole('link', { name: 'Do-not-call', exact: true }).click();
      const row = page.locator('.row').filter({ hasText: id });
      await row.getByRole('button', { name: 'Allow calls' }).click();
      await row.getByRole('button', { name: 'Yes, allow calls' }).click();
      await page.getByText('The list is empty.').waitFor();
    },
    LONG,
  );

  it('is told when the connection is lost in mid-watch, and catches up when it is back', async () => {
    const page = await open();
    const { id } = await client(system).book('+541143210034', ONLY_BRIDGE);
    await signIn(page, system.url, `/bookings/${id}`);
    await page.locator('.timeline .attempt').waitFor(SLOWLY);
    await page.getByText('Live', { exact: true }).waitFor();
    system.product.signal('SIGKILL');
    await system.product.ended;
    await page
      .getByText(/No connection to Vocero/)
      .first()
      .waitFor(SLOWLY);
    await system.start();
    await page.locator('.timeline .end').waitFor({ timeout: 90_000 });
    await until(
      async () => (await page.getByText(/No connection to Vocero/).count()) === 0,
      30_000,
      'all to be well again',
    );
    const { attempts } = await client(system).booking(id);
    expect(await page.locator('.timeline .attempt').count()).toBe(attempts.length);
  }, 240_000);
});
