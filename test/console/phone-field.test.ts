import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { dialingCountries } from '../../api/console/countries.ts';
import { internationalOf, isNational, withCountry } from '../../console/form/phone.ts';
import { checkPhoneNumber } from '../../domain/phone-number.ts';
import { until } from '../support/until.ts';
import { axeViolations, inBrowser } from './support/browser.ts';
import { signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

describe('a number as people write it', () => {
  it.each(['+54 11 4321 1234', '+54 (11) 4321-1234', ' +54.11.4321/1234 ', '＋54\u00a011 4321–1234'])(
    'is sent as the API wants it where it has its country’s code: %s',
    (typed) => {
      expect(internationalOf(typed)).toBe('+541143211234');
    },
  );

  it('stays as it was typed where it has none, or is no number', () => {
    for (const typed of ['011 4321-1234', '0054 11 4321 1234', '+54 11 4321 1234 ext 5', 'call me'])
      expect(internationalOf(typed)).toBe(typed);
    expect(['011 4321-1234', '(011) 4321.1234'].filter(isNational)).toHaveLength(2);
    expect(['+54 11 4321 1234', '0054 11 4321 1234', 'call me', '911'].filter(isNational)).toEqual([]);
  });

  it.each([
    ['011 4321-1234', 'AR', '+541143211234'],
    ['020 7946 0018', 'GB', '+442079460018'],
    ['912 34 56 78', 'ES', '+34912345678'],
    ['02 8851 1234', 'IT', '+390288511234'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['06 1 234 5678', 'HU', '+3612345678'],
    ['55 1234 5678', 'MX', '+525512345678'],
  ])('gets its country’s code, and loses what is dialed at home only: %s in %s', (typed, country, number) => {
    expect(withCountry(typed, country, dialingCountries())).toBe(number);
    expect(checkPhoneNumber(number)).toMatchObject({ ok: true, country });
  });
});

inBrowser('the console’s phone field', () => {
  // The country of our caller number, where an Argentine number without its country has a meaning too.
  const { open, shown } = seededPages({ homeCountry: 'GB' });
  const placed = () => shown.s.world.gateway.started.at(-1)?.order.business.phone;
  const phone = (page: Page) => page.locator('[name="business.phone"]');
  const filled = async (page: Page, name: string): Promise<void> => {
    await signIn(page, shown.s.url, '/new');
    await page.locator('[name="business.name"]').fill(name);
    await page.locator('[name="request.service_type"]').fill('dentista');
    await page.locator('[name="request.user_name"]').fill('Mauro');
  };
  const place = (page: Page) => page.getByRole('button', { name: 'Place booking' }).click();
  const isPlaced = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

  it(
    'takes an international number as people write it, and shows what it takes',
    async () => {
      const page = await open();
      await filled(page, 'Con espacios');
      await phone(page).fill('+54 11 4321 1241');
      await phone(page).blur();
      expect(await phone(page).inputValue()).toBe('+541143211241');
      await place(page);
      await isPlaced(page, 'Con espacios');
      expect(placed()).toBe('+541143211241');
    },
    LIMIT,
  );

  it(
    'offers what the API knows a number to mean where it may mean several, and takes one with one click',
    async () => {
      const page = await open({ locale: 'es-AR' });
      await page.goto(`${shown.s.url}/sign-in`);
      const key = page.locator('input[type="password"], input[name="key"]').first();
      await key.fill('olga-key');
      await page.keyboard.press('Enter');
      await key.waitFor({ state: 'hidden' });
      await page.goto(`${shown.s.url}/new`);
      await page.locator('[name="business.name"]').fill('Sin país');
      await page.locator('[name="request.service_type"]').fill('dentista');
      await page.locator('[name="request.user_name"]').fill('Mauro');
      await phone(page).fill('011 4321-1242');
      await phone(page).press('Enter');
      await page.getByText('¿quisiste decir +541143211242 o +441143211242?').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Usar +541143211242' }).click();
      expect(await phone(page).inputValue()).toBe('+541143211242');
      expect(await phone(page).getAttribute('aria-invalid')).toBe('false');
      await phone(page).press('Enter');
      await isPlaced(page, 'Sin país');
      expect(placed()).toBe('+541143211242');
    },
    LIMIT,
  );

  it(
    'calls a number without its country only after the form has shown which one it is',
    async () => {
      const page = await open({ locale: 'en-IE' });
      await filled(page, 'Con calma');
      const before = placed();
      await phone(page).fill('0114 321 1245');
      await phone(page).press('Enter');
      await page.getByText('Look at the number that is called').waitFor();
      await page.getByText('Calls +44 114 321 1245 (United Kingdom)').waitFor();
      expect(placed()).toBe(before);
      expect(await axeViolations(page)).toEqual([]);
      await phone(page).press('Enter');
      await isPlaced(page, 'Con calma');
      expect(placed()).toBe('+441143211245');
    },
    LIMIT,
  );

  it(
    'asks for the country where nobody knows it',
    async () => {
      const page = await open({ locale: 'en-IE' });
      await filled(page, 'Otro país');
      await phone(page).fill('0221 451-1243');
      await place(page);
      const country = page.getByRole('combobox', { name: 'Country of the number' });
      await country.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await country.selectOption({ label: 'Argentina (+54)' });
      expect(await phone(page).inputValue()).toBe('+542214511243');
      await place(page);
      await isPlaced(page, 'Otro país');
      expect(placed()).toBe('+542214511243');
    },
    LIMIT,
  );

  it(
    'keeps a refusal that came because Enter was pressed right after the last digit, until the number is another',
    async () => {
      const page = await open();
      await page.clock.install();
      await filled(page, 'Con prisa');
      // Well-formed, but no number of its country: only the API knows.
      await phone(page).fill('+54110000');
      await place(page);
      const problem = page.getByText(/is not a valid number in AR/);
      const refused = page.locator('.field.refused');
      await problem.waitFor();
      // From here on the page’s clock moves only when it is told to: the answer comes before what was typed is looked at.
      await page.clock.pauseAt(Date.now() + 3_600_000);
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await phone(page).pressSequentially('1');
      await phone(page).press('Enter');
      await answered;
      await until(() => page.getByRole('button', { name: 'Place booking' }).isEnabled());
      expect(await refused.count()).toBe(1);
      await page.clock.runFor(2_000);
      expect(await refused.count()).toBe(1);
      expect(await problem.isVisible()).toBe(true);
      await phone(page).fill('+541143211244');
      await page.clock.runFor(1_000);
      expect(await refused.count()).toBe(0);
    },
    LIMIT,
  );
});
