import { beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Outcome } from '../../domain/result.ts';
import type { BookingView } from '../../domain/view.ts';
import { attempt } from '../api/support.ts';
import { axeViolations, inBrowser, overhang } from './support/browser.ts';
import { KEYS } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;
const NOW = '2026-11-25T12:30:00Z';

inBrowser('days, hours and what a business asks for', () => {
  const { open, shown } = seededPages();
  const ids: Record<'waiting' | 'asked' | 'again', string> = { waiting: '', asked: '', again: '' };

  /** A booking as it is on record. */
  async function put(name: string, phone: string, changes: (id: string) => Partial<BookingView>): Promise<string> {
    const { world } = shown.s;
    const hours = [{ days: ['thu'], from: '09:00', to: '13:00' }];
    const id = await world.book(KEYS.API_KEYS, { business: { name, phone, opening_hours: hours }, language: 'es' });
    const view = { ...world.gateway.workflows.get(id)!, ...changes(id) };
    world.gateway.workflows.set(id, view);
    await world.records.saveSnapshot({ version: 9, view, events: [] });
    return id;
  }
  const outcome = (changes: Partial<Outcome>): Outcome => ({
    result: 'no_availability',
    channel: 'native',
    simulated: false,
    confirmed_date: null,
    confirmed_time: null,
    notes: null,
    evidence: ['report_result'],
    proof: null,
    offers: [],
    callback_at: null,
    ...changes,
  });

  beforeAll(async () => {
    ids.waiting = await put('Óptica Belgrano', '+541143211241', (id) => ({
      status: 'in_progress',
      channel: 'native',
      attempts: [
        attempt(`${id}.1`, { channel: 'native', status: 'no_answer' }),
        attempt(`${id}.9001`, { channel: 'native', status: 'completed', direction: 'inbound' }),
      ],
      waiting_for: 'hours',
      waiting_until: '2026-11-26T12:00:00.000Z',
    }));
    ids.asked = await put('Kinesiología Sur', '+541143211242', (id) => ({
      status: 'completed',
      channel: 'native',
      attempts: [attempt(`${id}.1`, { channel: 'native', status: 'completed' })],
      outcome: outcome({ result: 'callback_requested', callback_at: '2026-12-01T17:00:00-03:00' }),
    }));
    ids.again = await put('Estudio Vidal', '+541143211243', (id) => ({
      status: 'completed',
      channel: 'native',
      attempts: [attempt(`${id}.1`, { channel: 'native', status: 'completed' })],
      outcome: outcome({ offers: [{ date: '2026-12-02', time: '10:00', note: 'con la otra doctora' }] }),
    }));
    await shown.s.world.records.noteFollowUp(ids.again, {
      at: '2026-11-25T12:20:00.000Z',
      call_id: `${ids.again}.9001`,
      report: { result: 'no_availability', offers: [{ date: '2026-12-04', time: '11:00' }] },
      proof: null,
    });
  });

  const textOf = async (place: Locator): Promise<string> =>
    (await place.allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim();

  async function at(path: string): Promise<Page> {
    const page = await open({ locale: 'es-AR', timezoneId: 'America/Argentina/Buenos_Aires' });
    await page.clock.setFixedTime(NOW);
    await page.goto(shown.s.url);
    await page.getByLabel('Clave de operador').fill(KEYS.OPERATOR_KEYS);
    await page.keyboard.press('Enter');
    await page.locator('.row').first().waitFor();
    if (path !== '/') await page.goto(shown.s.url + path);
    return page;
  }

  it(
    'are said in the list: when a booking rings, who called whom, what was offered and asked',
    async () => {
      const page = await at('/');
      const row = async (name: string) => textOf(page.locator('.row').filter({ hasText: name }).locator('.outcome'));
      expect(await row('Óptica')).toMatch(/Llama mañana a las 09:00, cuando abren 2 intentos, nos llamaron$/);
      expect(await row('Kinesiología')).toMatch(/Pidieron que los llamen: mar, 1 dic, 17:00 1 intento$/);
      expect(await row('Vidal')).toMatch(
        /Ofrecieron: mié, 2 dic, 10:00, con la otra doctora 1 intento 1 llamada después del resultado$/,
      );
    },
    LIMIT,
  );

  it(
    'are said on the page of a booking',
    async () => {
      const page = await at(`/bookings/${ids.waiting}`);
      await page.locator('.outcome-card').getByText('Llama mañana a las 09:00, cuando abren').waitFor();
      await page.goto(`${shown.s.url}/bookings/${ids.again}`);
      await page.locator('.outcome-card').getByText('Ofrecieron: mié, 2 dic, 10:00').waitFor();
      const after = page.getByRole('region', { name: 'Llamadas después del resultado' });
      expect(await textOf(after)).toMatch(/Sin turnos \(ofreció 2026-12-04 11:00\)/);
      expect(await axeViolations(page)).toEqual([]);
    },
    LIMIT,
  );

  it(
    'are given in the form, which says in their place what is wrong',
    async () => {
      const page = await at('/new');
      await page.getByLabel(/^Nombre/).fill('Óptica Sur');
      await page.getByLabel(/^Teléfono/).fill('+541143211244');
      await page.getByLabel(/^Servicio/).fill('control de vista');
      await page.getByLabel(/^A nombre de/).fill('Mauro');
      await page.getByText('Días y horarios', { exact: true }).click();
      await page.getByLabel(/^No llamar antes de/).fill('2026-12-01T09:00');
      await page.getByLabel(/^No llamar después de/).fill('2026-12-03T18:00');
      const hours = page.locator('fieldset[name="business.opening_hours"]');
      await hours.getByRole('button', { name: 'Agregar horario' }).click();
      const second = hours.locator('.entry').nth(1);
      await second.getByLabel('Desde').fill('09:00');
      await second.getByLabel('Hasta').fill('13:00');
      const starts = page.locator('fieldset[name="request.acceptable.times"]');
      await starts.getByLabel('Desde').fill('10:00');
      await starts.getByLabel('Hasta').fill('00:00');
      const dates = page.locator('fieldset[name="request.acceptable.dates"]');
      await dates.getByLabel('Primer día').fill('2026-12-06');
      const weekdays = page.locator('fieldset[name="request.acceptable.weekdays"]');
      await weekdays.getByLabel('lun').check();
      await page.getByLabel('Llamadas así, como máximo').fill('2');
      // Closed again, it opens for what is wrong in it.
      await page.getByText('Días y horarios', { exact: true }).click();
      await page.getByRole('button', { name: 'Reservar' }).click();

      await weekdays.getByText('ninguno de estos días cae en esas fechas').waitFor();
      expect(await textOf(second.locator('.problem'))).toBe('es obligatorio');
      expect(await textOf(page.locator('.summary'))).toBe('Corregí 2 campos');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
        'business.opening_hours.1.days.mon',
      );
      expect(await axeViolations(page)).toEqual([]);
      await second.getByLabel('mar').check();
      await weekdays.getByLabel('lun').uncheck();
      await weekdays.getByLabel('dom').check();
      await page.locator('.problem').first().waitFor({ state: 'detached' });
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overhang(page)).toBe(0);
      await page.getByRole('button', { name: 'Reservar' }).click();
      await page.getByRole('heading', { name: 'Óptica Sur' }).waitFor();
      const { order } = shown.s.world.gateway.started.at(-1)!;
      expect(order).toMatchObject({
        business: { opening_hours: [{ days: ['tue'], from: '09:00', to: '13:00' }] },
        request: {
          acceptable: {
            dates: [{ from: '2026-12-06', to: '2026-12-06' }],
            weekdays: ['sun'],
            times: [{ from: '10:00', to: '24:00' }],
          },
        },
        not_before: '2026-12-01T12:00:00.000Z',
        not_after: '2026-12-03T21:00:00.000Z',
        escalation: { callback: { enabled: true, max_callbacks: 2, within_hours: 72 } },
      });
      expect(await textOf(page.locator('.wish dl'))).toMatch(/Horario de atención mar 09:00–13:00/);
      // A part of the order that was not given has no line.
      expect(await page.locator('.wish dd:empty').count()).toBe(0);
    },
    LIMIT,
  );
});
