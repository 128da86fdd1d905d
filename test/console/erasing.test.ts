import { expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { finish } from '../api/support.ts';
import { until } from '../support/until.ts';
import { inBrowser } from './support/browser.ts';
import { KEYS, signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

/** Holds back what matches, until it is let go. */
const holdRequests = async (page: Page, what: string) => {
  const held: Route[] = [];
  let closed = true;
  let first: () => void;
  const asked = new Promise<void>((resolve) => {
    first = resolve;
  });
  await page.route(what, (route) => {
    if (!closed) return route.continue();
    held.push(route);
    first();
  });
  const go = async () => {
    closed = false;
    await Promise.all(held.map((route) => route.continue()));
  };
  return { asked, go };
};

inBrowser('erasing a booking at the console', () => {
  const { open, shown } = seededPages();

  it.each([
    {
      locale: 'en-GB',
      key: 'Operator key',
      enter: 'Sign in',
      erase: 'Erase booking',
      no: 'No, keep it',
      yes: 'Yes, erase it',
      done: 'This booking was erased',
      back: 'To the bookings',
    },
    {
      locale: 'es-AR',
      key: 'Clave de operador',
      enter: 'Ingresar',
      erase: 'Borrar reserva',
      no: 'No, conservarla',
      yes: 'Sí, borrarla',
      done: 'Esta reserva se borró',
      back: 'A las reservas',
    },
  ])(
    'is asked first, and leaves nothing of it in the window: $locale',
    async ({ locale, key, enter, erase, no, yes, done, back }) => {
      const name = `Podología ${locale}`;
      const id = await shown.s.world.book(KEYS.API_KEYS, { business: { name, phone: '+541143211277' } });
      await finish(shown.s.world, id);
      const page = await open({ locale });
      await page.goto(shown.s.url);
      await page.getByLabel(key).fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: enter }).click();
      await page.locator('.row').filter({ hasText: name }).click();
      const button = page.getByRole('button', { name: erase });
      await button.click();
      await page.getByRole('button', { name: no }).click();
      await until(() => button.evaluate((one) => one === document.activeElement), 10_000, 'the focus to be back');
      expect((await shown.s.world.records.booking(id))?.order.business.name).toBe(name);
      await button.click();
      await page.getByRole('button', { name: yes }).click();
      const heading = page.getByRole('heading', { name: done });
      await heading.waitFor();
      await until(() => heading.evaluate((one) => one === document.activeElement), 10_000, 'it to be read out');
      expect(await page.evaluate((path) => fetch(path).then(({ status }) => status), `/v1/bookings/${id}`)).toBe(410);
      expect(shown.s.world.gateway.erasing).toContain(id);
      expect(await page.content()).not.toContain(name);
      // The list that was asked for before is kept nowhere: not even for a moment does it show the name again.
      const held = await holdRequests(page, '**/v1/bookings?**');
      await page.getByRole('link', { name: back }).last().click();
      await held.asked;
      expect(await page.content()).not.toContain(name);
      await held.go();
      await page.locator('.row').filter({ hasText: 'Taller' }).waitFor();
      expect(await page.content()).not.toContain(name);
      await page.goBack();
      await heading.waitFor();
    },
    LIMIT,
  );

  it(
    'is offered only for one that is final, and told when it did not work',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, `/bookings/${shown.s.ids.waiting}`);
      await page.getByRole('button', { name: 'Cancel booking' }).waitFor();
      expect(await page.getByRole('button', { name: 'Erase booking' }).count()).toBe(0);
      await page.goto(`${shown.s.url}/bookings/${shown.s.ids.failed}`);
      await page.route('**/v1/bookings/*', (route) =>
        route.request().method() === 'DELETE' ? route.abort() : route.continue(),
      );
      await page.getByRole('button', { name: 'Erase booking' }).click();
      await page.getByRole('button', { name: 'Yes, erase it' }).click();
      await page.locator('.failure').waitFor();
      await page.getByRole('heading', { name: 'Taller' }).waitFor();
      expect((await shown.s.world.records.booking(shown.s.ids.failed))?.view.outcome?.result).toBe('unreachable');
    },
    LIMIT,
  );
});
