import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { inBrowser } from './support/browser.ts';
import { signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

inBrowser('the list’s filters', () => {
  const { open, shown } = seededPages();

  const names = (page: Page) => page.locator('.row .name').allInnerTexts();
  const shows = async (page: Page, ...expected: string[]) => {
    await until(async () => (await names(page)).sort().join() === expected.sort().join(), 15_000, expected.join());
  };
  const chosen = (page: Page) =>
    page.locator('.filters select').evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
  const ALL = ['Clínica Dental Sur', 'Peluquería Ñandú', 'Veterinaria', 'Taller', 'Barbería'];

  it.each([
    ['Status', 'failed', ['Taller']],
    ['Status', 'in_progress', ['Barbería']],
    ['Channel', 'simulation', ['Peluquería Ñandú']],
    ['Channel', 'native', ['Barbería']],
    ['Result', 'confirmed', ['Clínica Dental Sur', 'Peluquería Ñandú']],
    ['Result', 'needs_review', ['Veterinaria']],
  ])(
    '%s narrows it to %s, is kept in the address, over a reload, and undone by the back button',
    async (label, value, expected) => {
      const page = await open();
      await signIn(page, shown.s.url);
      await shows(page, ...ALL);
      const select = page.getByRole('combobox', { name: label, exact: true });
      await select.selectOption(value);
      await shows(page, ...expected);
      expect([...new URL(page.url()).searchParams]).toEqual([[label.toLowerCase(), value]]);
      await page.reload();
      await shows(page, ...expected);
      expect(await select.inputValue()).toBe(value);
      await page.goBack();
      await shows(page, ...ALL);
      expect(await chosen(page)).toEqual(['', '', '']);
      await page.goForward();
      await shows(page, ...expected);
      expect(await select.inputValue()).toBe(value);
    },
    LIMIT,
  );

  it(
    'work together, and with the search',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url);
      await page.getByRole('combobox', { name: 'Status', exact: true }).selectOption('completed');
      await shows(page, 'Clínica Dental Sur', 'Peluquería Ñandú');
      await page.getByRole('combobox', { name: 'Channel', exact: true }).selectOption('bridge');
      await shows(page, 'Clínica Dental Sur');
      await page.getByRole('combobox', { name: 'Channel', exact: true }).selectOption('');
      await page.getByLabel('Search').fill('nandu');
      await shows(page, 'Peluquería Ñandú');
      await page.getByRole('combobox', { name: 'Result', exact: true }).selectOption('declined');
      await page.locator('.empty').getByText('No booking matches.').waitFor();
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
        status: 'completed',
        q: 'nandu',
        result: 'declined',
      });
      await page.reload();
      await page.locator('.empty').getByText('No booking matches.').waitFor();
      expect(await chosen(page)).toEqual(['completed', '', 'declined']);
      expect(await page.getByLabel('Search').inputValue()).toBe('nandu');
      // A booking is looked at, and the view is there again.
      await page.getByRole('combobox', { name: 'Result', exact: true }).selectOption('confirmed');
      await page.locator('.row').click();
      await page.getByRole('heading', { name: 'Peluquería Ñandú' }).waitFor();
      await page.goBack();
      await shows(page, 'Peluquería Ñandú');
      expect(await chosen(page)).toEqual(['completed', '', 'confirmed']);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await shows(page, ...ALL);
      expect(await page.getByLabel('Search').inputValue()).toBe('');
      expect(new URL(page.url()).search).toBe('');
    },
    LIMIT,
  );
});
