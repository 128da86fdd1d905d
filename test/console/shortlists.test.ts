import { expect, it } from '@jest/globals';
import { shortlistBody, shortlistField } from '../../console/shortlists/body.ts';
import { runSystem } from '../e2e/support/system.ts';
import { axeViolations, browserPages, inBrowser, overhang } from './support/browser.ts';
import { KEYS, signIn } from './support/operator.ts';

const LONG = 180_000;
const SLOWLY = { timeout: 120_000 };

it('sends the candidates in which something was typed, and shows a fault in its row', () => {
  const given = {
    'candidates.0.business.name': 'Dental Uno',
    'candidates.0.business.phone': '+54 11 4321-0091',
    'candidates.1.business.name': '',
    'candidates.1.business.phone': ' ',
    'candidates.4.business.name': 'Dental Dos',
    'candidates.4.business.phone': '',
    'request.service_type': 'dentista',
    'request.acceptable.weekdays.mon': true,
    'request.acceptable.weekdays.tue': false,
    decide_by: '2026-12-01T18:00',
  };
  expect(shortlistBody(given)).toEqual({
    candidates: [
      { business: { name: 'Dental Uno', phone: '+541143210091' } },
      { business: { name: 'Dental Dos', phone: '' } },
    ],
    request: { service_type: 'dentista', acceptable: { weekdays: ['mon'] } },
    decide_by: '2026-12-01T18:00',
  });
  expect(shortlistField('candidates.1.business.phone', given)).toBe('candidates.4.business.phone');
  expect(shortlistField('request.user_name', given)).toBe('request.user_name');
});

inBrowser('an operator with three dentists', () => {
  const system = runSystem({ env: KEYS });
  const open = browserPages();

  it(
    'corrects what is refused, and sees the second confirm and the third never asked',
    async () => {
      const page = await open();
      await signIn(page, system.url);
      await page.getByRole('link', { name: 'Shortlists' }).click();
      await page.getByRole('link', { name: 'Ask the first businesses' }).click();
      const enter = async (n: number, name: string, phone: string) => {
        const row = page.getByRole('group', { name: `Candidates ${n}` });
        await row.getByLabel('Name').fill(name);
        await row.getByLabel('Phone').fill(phone);
      };
      await enter(1, 'Dental Uno', '+541143210091');
      await page.getByRole('button', { name: 'Add a business' }).click();
      await enter(2, 'Dental Dos', '+541143210091');
      await page.getByRole('button', { name: 'Add a business' }).click();
      await enter(3, 'Dental Tres', '+54 11 4321 0002');
      await page.getByLabel('Service').fill('dentista');
      await page.getByLabel('In the name of').fill('Mauro');
      await page.getByRole('button', { name: 'Start shortlist' }).click();
      await page.getByText('is the number of candidate 1 too').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await enter(2, 'Dental Dos', '+54 11 4321 0001');
      await page.getByRole('button', { name: 'Start shortlist' }).click();
      await page.getByRole('heading', { name: 'dentista · Mauro', level: 1 }).waitFor();
      const candidates = page.locator('.candidate');
      await candidates.nth(0).getByText('Declined').waitFor(SLOWLY);
      await page.locator('.page-head .status').getByText('Completed').waitFor(SLOWLY);
      expect(await candidates.nth(1).textContent()).toMatch(/Dental Dos.*Asked.*Confirmed/);
      expect(await candidates.nth(2).textContent()).toMatch(/Dental Tres.*Not asked/);
      expect(system.sandbox.log('+541143210002').calls).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await overhang(page)).toBe(0);
      await page.setViewportSize({ width: 1280, height: 860 });
      await candidates.nth(1).getByRole('link', { name: 'Booking' }).click();
      await page.getByRole('heading', { name: 'Dental Dos', level: 1 }).waitFor();
    },
    LONG,
  );
});
