import { describe, expect, it } from '@jest/globals';
import { formRules } from '../../api/console/form-rules.ts';
import { givenOf, rowsFilledIn } from '../../console/form/again.ts';
import { bodyOf } from '../../console/form/body.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { axeViolations, inBrowser } from './support/browser.ts';
import { signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

describe('a booking once more', () => {
  it('has every wish and rule of the earlier one, except for its times', () => {
    const body = {
      business: {
        name: 'Clínica',
        phone: '+541143211234',
        timezone: 'America/Argentina/Buenos_Aires',
        opening_hours: [
          { days: ['mon', 'wed'], from: '09:00', to: '13:00' },
          { days: ['sat'], from: '20:00', to: '24:00' },
        ],
      },
      request: {
        service_type: 'dentista',
        user_name: 'Mauro',
        preferred_date: 'viernes',
        special_requests: 'planta baja',
        acceptable: {
          dates: [{ from: '2099-12-01', to: '2099-12-10' }],
          weekdays: ['tue', 'thu'],
          times: [{ from: '09:00', to: '12:00' }],
        },
      },
      language: 'es',
      escalation: { native: { max_attempts: 4 }, simulation: { enabled: false }, callback: { within_hours: 24 } },
      metadata: { order: 'A-1', note: 'a: b' },
    };
    const { metadata, not_before: _, ...order } = bookingRequestSchema.parse(body);
    const given = givenOf({
      order: { ...order, zones: [], request: { ...order.request, preferred_day: null }, not_after: 'x' } as never,
      metadata,
    });
    expect(bodyOf(given, formRules())).toEqual(body);
    expect(rowsFilledIn(given, 'business.opening_hours')).toEqual([0, 1]);
    expect(rowsFilledIn({}, 'business.opening_hours')).toEqual([0]);
  });
});

inBrowser('an operator who books again', () => {
  const { open, shown } = seededPages();

  it(
    'finds the form filled in; keeps its request as a template, and uses that for a batch',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url);
      await page.locator('.row').first().waitFor();
      await page.goto(`${shown.s.url}/bookings/${shown.s.ids.failed}`);
      await page.getByRole('link', { name: 'Again' }).click();
      await page.getByText('nothing has been sent').waitFor();
      expect(await page.getByLabel('Name', { exact: false }).first().inputValue()).toBe('Taller');
      expect(await page.getByLabel(/^Phone/).inputValue()).toBe('+541143211237');
      const service = await page.getByLabel(/^Service/).inputValue();
      expect(service).not.toBe('');
      await page.getByText('Templates', { exact: true }).click();
      await page.getByLabel('Keep this request as').fill('Recordatorio');
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      await page.getByText('Delete “Recordatorio”').waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('link', { name: 'Batches' }).click();
      await page.goto(`${shown.s.url}/batches/new`);
      await page.getByText('Templates', { exact: true }).click();
      await page.getByLabel('Use a template').selectOption('Recordatorio');
      expect(await page.getByLabel(/^Service/).inputValue()).toBe(service);
      await page.getByRole('button', { name: 'Delete “Recordatorio”' }).click();
      expect(await page.getByLabel('Use a template').count()).toBe(0);
      const sample = await page.getByRole('link', { name: 'Download a sample' }).getAttribute('href');
      expect(decodeURIComponent(sample!)).toContain('Dental South');
    },
    LIMIT,
  );
});
