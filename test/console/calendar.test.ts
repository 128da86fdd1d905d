import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { inBrowser } from './support/browser.ts';
import { KEYS } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

const WORDS = {
  'en-GB': {
    key: 'Operator key',
    enter: 'Sign in',
    add: 'Add to calendar',
    page: 'Calendar',
    create: 'Create a feed',
    batch: 'Only this batch (its id)',
    refused: 'must be the id of a batch, like ba_…',
    unread: 'Not read yet',
    revoke: 'Revoke',
    yes: 'Yes, revoke it',
    none: 'There is no feed yet.',
  },
  'es-AR': {
    key: 'Clave de operador',
    enter: 'Ingresar',
    add: 'Agregar al calendario',
    page: 'Calendario',
    create: 'Crear dirección',
    batch: 'Solo este lote (su código)',
    refused: 'debe ser el id de un lote, como ba_…',
    unread: 'Sin lecturas todavía',
    revoke: 'Revocar',
    yes: 'Sí, revocarla',
    none: 'Todavía no hay ninguna dirección.',
  },
};

inBrowser('calendars at the console', () => {
  const { open, shown } = seededPages();

  it.each(['en-GB', 'es-AR'] as const)(
    'take a confirmed appointment, and subscribe to an address until it is revoked: %s',
    async (locale) => {
      const words = WORDS[locale];
      const { s } = shown;
      const page = await open({ locale });
      await page.goto(`${s.url}/bookings/${s.ids.confirmed}`);
      await page.getByLabel(words.key).fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: words.enter }).click();

      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: words.add }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe(`${s.ids.confirmed}.ics`);
      expect(await text(await download.createReadStream())).toMatch(`UID:${s.ids.confirmed}@vocero\r\n`);

      await page.getByRole('link', { name: words.page, exact: true }).click();
      await page.getByText(words.none).waitFor();
      await page.getByLabel(words.batch).fill('my batch');
      await page.getByRole('button', { name: words.create }).click();
      await page.getByText(words.refused).waitFor();
      await page.getByLabel(words.batch).fill('');
      await page.getByRole('button', { name: words.create }).click();
      await page.getByText(words.unread).waitFor();
      const address = await page.locator('#feed-url').inputValue();
      const { pathname } = new URL(address);
      const read = () => fetch(s.url + pathname);
      expect(await (await read()).text()).toMatch(`UID:${s.ids.confirmed}@vocero`);

      await page.reload();
      await page.getByRole('button', { name: words.revoke }).waitFor();
      expect(await page.content()).not.toMatch(pathname);
      await page.getByRole('button', { name: words.revoke }).click();
      await page.getByRole('button', { name: words.yes }).click();
      await page.getByText(words.none).waitFor();
      await until(async () => (await read()).status === 404, 20_000, 'the address to stop working');
    },
    LIMIT,
  );

  it(
    'are offered no appointment where there is none',
    async () => {
      const { s } = shown;
      const page = await open();
      await page.goto(`${s.url}/bookings/${s.ids.review}`);
      await page.getByLabel('Operator key').fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('.verdict').waitFor();
      expect(await page.getByRole('link', { name: 'Add to calendar' }).count()).toBe(0);
    },
    LIMIT,
  );
});
