import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ActKind } from '../../domain/acts.ts';
import { until } from '../support/until.ts';
import { axeViolations, inBrowser, overhang } from './support/browser.ts';
import { KEYS, signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

inBrowser('the page of acts', () => {
  const { open, shown } = seededPages({ operatorNames: new Map([[KEYS.OPERATOR_KEYS, 'Olga Ruiz']]) });
  const kinds = (page: Page) => page.locator('.acts .name').allInnerTexts();
  const shows = (page: Page, wanted: string[]) =>
    until(async () => (await kinds(page)).join() === wanted.join(), 15_000, `the acts ${wanted}`);

  beforeAll(async () => {
    const { world, ids } = shown.s;
    const add = (
      act: ActKind,
      at: string,
      by: string | null,
      key: string,
      booking_id: string | null,
      subject: string | null,
    ) => world.records.addAct({ act, at, by, key, booking_id, subject });
    await add('pause_batch', '2026-11-24T15:00:00.000Z', 'Ana Paz', 'aaaa', null, 'ba_paused');
    await add('hold_dialing', '2026-11-24T16:00:00.000Z', 'root', 'terminal', null, null);
    await add('erase', '2026-11-25T11:00:00.000Z', null, 'bbbb', 'bk_erased00001', null);
    await add('allow', '2026-11-25T11:30:00.000Z', 'Olga Ruiz', 'cccc', ids.failed, '+54…34');
  }, 60_000);

  it(
    'tells who did what, newest first, and leads to what it was about',
    async () => {
      const page = await open({ locale: 'en-US' });
      await signIn(page, shown.s.url);
      await page.getByRole('link', { name: 'Acts', exact: true }).click();
      await page.getByRole('heading', { name: 'Acts of operators' }).waitFor();
      await shows(page, ['Allowed a number again', 'Erased a booking', 'Held all dialing', 'Paused a batch']);
      const row = (n: number) => page.locator('.acts .row').nth(n);
      expect(await row(0).locator('.who').textContent()).toBe('Olga Ruiz');
      expect(await row(0).locator('.about').textContent()).toBe(`+54…34${shown.s.ids.failed}`);
      expect(await row(1).locator('.who').textContent()).toBe('a key without a name (bbbb)');
      // Nothing is left of it to be looked at.
      expect(await row(1).locator('a').count()).toBe(0);
      expect(await row(2).locator('.who').textContent()).toBe('root, at the machine’s terminal');
      expect(await row(3).locator('a').getAttribute('href')).toBe('/batches/ba_paused');
      await row(0).locator('a').click();
      await page.waitForURL(`**/bookings/${shown.s.ids.failed}`);
    },
    LIMIT,
  );

  it(
    'is searched by day, operator and kind, each in its address; what an operator does now comes by itself',
    async () => {
      const page = await open({ locale: 'en-US', timezoneId: 'America/Argentina/Buenos_Aires' });
      await signIn(page, shown.s.url, '/acts');
      await page.getByLabel('Day').fill('2026-11-24');
      await shows(page, ['Held all dialing', 'Paused a batch']);
      await page.locator('.acts-page select').nth(1).selectOption('Paused a batch');
      await shows(page, ['Paused a batch']);
      expect([...new URL(page.url()).searchParams]).toEqual([
        ['day', '2026-11-24'],
        ['act', 'pause_batch'],
      ]);
      await page.locator('.acts-page select').nth(0).selectOption('Olga Ruiz');
      await page.getByText('No act fits.').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('.acts-page select').nth(0).selectOption('Olga Ruiz');
      await shows(page, ['Allowed a number again']);
      const forbidden = await fetch(`${shown.s.url}/v1/do-not-call`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEYS.OPERATOR_KEYS}`, 'content-type': 'application/json' },
        body: JSON.stringify({ phone: '+541143211299' }),
      });
      expect(forbidden.status).toBe(201);
      await shows(page, ['Put a number on the do-not-call list', 'Allowed a number again']);
    },
    LIMIT,
  );

  it(
    'reads in Spanish, and fits a phone',
    async () => {
      const page = await open({ locale: 'es-AR', viewport: { width: 360, height: 740 } });
      await page.goto(`${shown.s.url}/sign-in?next=/acts`);
      await page.getByLabel('Clave de operador').fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: 'Ingresar' }).click();
      await page.getByRole('heading', { name: 'Acciones de los operadores' }).waitFor();
      await page.locator('.acts').getByText('Detuvo todas las llamadas').waitFor();
      expect(await overhang(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    },
    LIMIT,
  );
});
