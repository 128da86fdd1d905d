import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { confirmed, finish } from '../api/support.ts';
import { until } from '../support/until.ts';
import { axeViolations, inBrowser, overhang } from './support/browser.ts';
import { KEYS, signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

inBrowser('an operator’s day', () => {
  const { open, shown } = seededPages({
    homeCountry: 'AR',
    operatorNames: new Map([[KEYS.OPERATOR_KEYS, 'Olga Ruiz']]),
  });
  const phone = (page: Page) => page.locator('[name="business.phone"]');
  const names = (page: Page) => page.locator('.row .name').allInnerTexts();
  const placed = () => shown.s.world.gateway.started.map(({ order }) => order);
  const fill = async (page: Page, name: string) => {
    await page.locator('[name="business.name"]').fill(name);
    await page.locator('[name="request.service_type"]').fill('dentista');
    await page.locator('[name="request.user_name"]').fill('Lucía Gómez');
  };

  it(
    'begins with a number as people write it: the form says which number it calls, and calls that',
    async () => {
      const page = await open({ locale: 'en-US' });
      await signIn(page, shown.s.url, '/new');
      await phone(page).fill('011 4321-1251');
      await phone(page).press('Enter');
      const refused = page.locator('.field.refused .label');
      await refused.first().waitFor();
      // The number is none of what is wrong.
      expect(await refused.allTextContents()).toEqual(['Name required', 'Service required', 'In the name of required']);
      await fill(page, 'Consultorio Norte');
      await page.getByText('Calls +54 11 4321 1251 (Argentina)').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await phone(page).press('Enter');
      await page.getByRole('heading', { name: 'Consultorio Norte', level: 1 }).waitFor();
      expect(placed().at(-1)?.business.phone).toBe('+541143211251');
    },
    LIMIT,
  );

  it(
    'warns of an open booking of the same number before it sends, and sends when pressed once more',
    async () => {
      const page = await open({ locale: 'en-US' });
      await signIn(page, shown.s.url, '/new');
      await fill(page, 'Barbería');
      const before = placed().length;
      // Barbería waits, see seeded.ts. Enter right after the last digit: the warning cannot have been seen.
      await phone(page).fill('011 4321-1238');
      await phone(page).press('Enter');
      await page.getByText(/This number already has .*open booking/).waitFor();
      expect(await page.locator('.number-note a').getAttribute('href')).toBe(`/bookings/${shown.s.ids.waiting}`);
      expect(placed()).toHaveLength(before);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Place booking all the same' }).click();
      await page.getByRole('heading', { name: 'Barbería', level: 1 }).waitFor();
      expect(placed()).toHaveLength(before + 1);
    },
    LIMIT,
  );

  it(
    'reads numbers for several businesses as well, and offers each meaning where there are two',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, '/new');
      // A number of Buenos Aires, and of Sheffield.
      await phone(page).fill('011 4321-1253');
      await page.getByRole('button', { name: 'Use +441143211253' }).waitFor();
      await page.getByRole('button', { name: 'Use +541143211253' }).click();
      expect(await phone(page).inputValue()).toBe('+541143211253');
      await page.getByText('Calls +54 11 4321 1253 (Argentina)').waitFor();
      await page.goto(`${shown.s.url}/shortlists/new`);
      await page.locator('[name="candidates.0.business.name"]').fill('Óptica');
      const number = page.locator('[name="candidates.0.business.phone"]');
      await number.fill('11 4321-1254');
      await number.blur();
      await page.locator('[name="request.service_type"]').fill('anteojos');
      await page.locator('[name="request.user_name"]').fill('Julia');
      await number.fill('+54 11 4321 1254');
      await page.getByText('Calls +54 11 4321 1254 (Argentina)').waitFor();
      await page.getByRole('button', { name: 'Start shortlist' }).click();
      await page.getByRole('heading', { name: 'anteojos · Julia' }).waitFor();
    },
    LIMIT,
  );

  it(
    'is the same in the Spanish of Buenos Aires',
    async () => {
      const page = await open({ locale: 'es-AR' });
      await page.goto(shown.s.url);
      await page.getByLabel('Clave de operador').fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: 'Ingresar' }).click();
      await page.getByRole('heading', { name: 'Hoy' }).waitFor();
      await page.getByRole('heading', { name: 'Esta semana' }).waitFor();
      await page.getByRole('link', { name: /^Para revisar/ }).waitFor();
      await page.getByRole('button', { name: 'Avisame si hay algo para revisar' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.goto(`${shown.s.url}/bookings/${shown.s.ids.confirmed}`);
      await page.getByRole('link', { name: 'De nuevo' }).click();
      await page.getByText('Ojo: con la reserva anterior ya se consiguió un turno.').waitFor();
      await phone(page).fill('011 4321-1238');
      await page.getByText('Se llama al +54 11 4321 1238 (Argentina)').waitFor();
      await page.getByText(/Ya hay .*en marcha para este número:/).waitFor();
      await phone(page).press('Enter');
      await page.getByRole('button', { name: 'Reservar igual' }).waitFor();
      const jargon = /presupuesto|zonas del|escalamiento|metadatos|worker|\(s\)/i;
      await page.getByText('Más opciones').click();
      expect(await page.locator('main').textContent()).not.toMatch(jargon);
    },
    LIMIT,
  );

  it(
    'keeps each refusal until its field says something else: however soon the form was sent, and however the number is written',
    async () => {
      const page = await open();
      await page.clock.install();
      await signIn(page, shown.s.url, '/new');
      await fill(page, 'Con prisa');
      const refused = page.locator('.field.refused');
      await page.locator('[name="request.user_name"]').fill('');
      await phone(page).pressSequentially('+54 11 0000');
      await phone(page).press('Enter');
      await until(async () => (await refused.count()) >= 1, 10_000, 'a refusal');
      await page.locator('[name="request.user_name"]').fill('Lucía');
      await page.clock.runFor(2_000);
      await phone(page).press('Enter');
      await page.getByText(/is not a valid number in AR/).waitFor();
      await page.locator('[name="request.special_requests"]').fill('por la mañana');
      await page.clock.runFor(2_000);
      expect(await page.getByText(/is not a valid number in AR/).isVisible()).toBe(true);
      await phone(page).fill('+541143211252');
      await page.clock.runFor(2_000);
      expect(await refused.count()).toBe(0);
    },
    LIMIT,
  );

  it(
    'finds yesterday’s booking by the patient’s name, and books it again or for another person',
    async () => {
      const { world } = shown.s;
      const id = await world.book(KEYS.API_KEYS, {
        business: { name: 'Centro Médico', phone: '+541143211260' },
        request: { service_type: 'control', user_name: 'Inés Ferreyra', preferred_time: '10:00' },
      });
      await finish(world, id, {
        outcome: { ...confirmed, result: 'unreachable', confirmed_date: null, confirmed_time: null },
      });
      const page = await open();
      await signIn(page, shown.s.url);
      for (const [typed, found] of [
        ['ferreyra', ['Centro Médico']],
        ['ines control', ['Centro Médico']],
        ['1260', ['Centro Médico']],
        ['011 4321-1260', ['Centro Médico']],
      ] as const) {
        await page.getByLabel('Search').fill(typed);
        await until(async () => (await names(page)).join() === found.join(), 15_000, `${typed} to be found`);
      }
      await page.locator('.row a').click();
      await page.getByRole('link', { name: 'Duplicate' }).click();
      await page.getByText('Add the person and the day').waitFor();
      expect(await phone(page).inputValue()).toBe('+541143211260');
      expect(await page.locator('[name="request.user_name"]').inputValue()).toBe('');
      expect(await page.locator('[name="request.preferred_time"]').inputValue()).toBe('');
      await page.goBack();
      await page.getByRole('link', { name: 'Again' }).click();
      await page.getByText('nothing has been sent').waitFor();
      await page.getByRole('button', { name: 'Place booking' }).click();
      await page.getByRole('heading', { name: 'Centro Médico', level: 1 }).waitFor();
      expect(placed().at(-1)).toMatchObject({
        business: { phone: '+541143211260' },
        request: { user_name: 'Inés Ferreyra', preferred_time: '10:00' },
      });
      expect(placed().at(-1)?.id).not.toBe(id);
    },
    LIMIT,
  );

  it(
    'filters the list by the day, by the reader’s clock',
    async () => {
      const page = await open({ timezoneId: 'America/Argentina/Buenos_Aires' });
      await signIn(page, shown.s.url);
      await page.locator('.row').first().waitFor();
      const day = await page.evaluate(() => {
        const now = new Date();
        return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
          .map((part) => String(part).padStart(2, '0'))
          .join('-');
      });
      await page.getByLabel('Placed on').fill('2020-01-01');
      await page.locator('.empty').waitFor();
      const asked = page.waitForRequest((request) => request.url().includes('created_from'));
      await page.getByLabel('Placed on').fill(day);
      expect(new URL((await asked).url()).searchParams.get('created_from')).toMatch(/T03:00:00\.000Z$/);
      expect(new URL(page.url()).searchParams.get('day')).toBe(day);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('.row').first().waitFor();
      expect(await page.getByLabel('Placed on').inputValue()).toBe('');
    },
    LIMIT,
  );

  it(
    'shows on every page how much waits for a person, and on the list the figures of the day and of the week',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, '/calendar');
      await page.locator('.due.some').getByText('1').waitFor();
      await page.locator('.due').click();
      await page.getByRole('heading', { name: 'Bookings' }).waitFor();
      await until(async () => (await names(page)).join() === 'Veterinaria', 15_000, 'what waits for a person');
      const asked = new URL(page.url()).searchParams;
      expect([...asked]).toEqual([['status', 'needs_review']]);
      for (const name of ['Today', 'This week']) {
        const figures = page.locator('.figures-of').filter({ hasText: name });
        await until(async () => !(await figures.textContent())!.includes('…'), 15_000, 'the figures');
        expect((await figures.locator('dt').allInnerTexts()).slice(0, 4)).toEqual([
          'Finished',
          'Confirmed',
          'Nobody answered',
          'On the phone',
        ]);
      }
    },
    LIMIT,
  );

  it(
    'notifies of a due review when that was asked for by the button, and asks the browser for nothing before',
    async () => {
      const page = await open({ permissions: ['notifications'] });
      await page.addInitScript(() => {
        const seen: unknown[] = [];
        Object.assign(window, { seen });
        class Noted {
          static permission = 'default';
          static async requestPermission() {
            seen.push('asked');
            Noted.permission = 'granted';
            return 'granted';
          }
          constructor(title: string, { body }: { body: string }) {
            seen.push([title, body]);
          }
          close() {}
        }
        Object.assign(window, { Notification: Noted });
      });
      await page.clock.install();
      const seen = () => page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);
      await signIn(page, shown.s.url);
      await page.locator('.row').first().waitFor();
      expect(await seen()).toEqual([]);
      await page.getByRole('button', { name: 'Notify me of reviews' }).click();
      await page.getByRole('button', { name: 'Notifications are on' }).waitFor();
      expect(await seen()).toEqual(['asked']);
      const { world } = shown.s;
      const id = await world.book(KEYS.API_KEYS, { business: { name: 'Kinesiología', phone: '+541143211261' } });
      const unclear = {
        ...confirmed,
        result: 'needs_review' as const,
        confirmed_date: null,
        confirmed_time: null,
        proof: null,
      };
      world.gateway.workflows.set(id, { ...world.gateway.workflows.get(id)!, updated_at: '2099-01-01T00:00:00.000Z' });
      await finish(world, id, { outcome: unclear });
      await until(
        async () => {
          await page.clock.runFor(5_000);
          return (await seen()).length > 1;
        },
        20_000,
        'a notification',
      );
      expect((await seen())[1]).toEqual(['A booking waits for a review', 'Kinesiología']);
      await page.reload();
      await page.getByRole('button', { name: /Notif/ }).waitFor();
      expect(await seen()).toEqual([]);
      await world.records.addReview({
        booking_id: id,
        decision: { result: 'declined', confirmed_date: null, confirmed_time: null, notes: null },
        by: 'Ana',
        at: '2026-11-25T13:00:00.000Z',
        key: 'k',
      });
    },
    LIMIT,
  );

  it(
    'gives the result, then the talk, then the steps, on a phone as well; service and person stand in the phone’s list',
    async () => {
      const page = await open({ viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true });
      await signIn(page, shown.s.url);
      const row = page.locator('.row').filter({ hasText: 'Clínica' });
      await row.getByText('dentista').waitFor();
      expect(await row.getByText('Mauro').isVisible()).toBe(true);
      expect(await overhang(page)).toBe(0);
      await row.locator('a').click();
      await page.locator('.player .wave > *').waitFor();
      const tops = await page.evaluate(() =>
        ['.outcome-card', '.player', '.turns', '.course'].map(
          (one) => document.querySelector(one)!.getBoundingClientRect().top,
        ),
      );
      expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    },
    LIMIT,
  );

  it(
    'keeps the waveform below the header that stays on top',
    async () => {
      const page = await open({ viewport: { width: 1000, height: 400 } });
      await signIn(page, shown.s.url, `/bookings/${shown.s.ids.confirmed}`);
      const wave = page.locator('.player .wave');
      await wave.locator('> *').waitFor();
      await until(
        () => wave.evaluate((box) => box.firstElementChild?.shadowRoot?.querySelector('canvas') != null),
        30_000,
        'the waveform',
      );
      await wave.evaluate((box) => scrollBy(0, box.getBoundingClientRect().top - 10));
      const seen = await page.evaluate(() => {
        const header = document.querySelector('.top')!;
        const { left, width, top } = document.querySelector('.player .wave')!.getBoundingClientRect();
        const at = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + width * part, top + 10));
        return at.map((one) => header.contains(one));
      });
      expect(seen).toEqual([true, true, true]);
    },
    LIMIT,
  );

  it(
    'keeps the place in the list when one comes back to it: by the browser’s button, and by the page’s own link',
    async () => {
      const page = await open({ viewport: { width: 900, height: 330 } });
      await signIn(page, shown.s.url);
      await page.locator('.row').nth(4).waitFor();
      for (const back of [
        () => page.goBack(),
        () => page.getByRole('link', { name: 'Back to the bookings' }).click(),
      ]) {
        await page.evaluate(() => scrollTo(0, 260));
        await until(async () => (await page.evaluate(() => scrollY)) === 260, 5_000, 'the list to be scrolled');
        // A click by the mouse would bring the row into view first.
        await page
          .locator('.row a')
          .last()
          .evaluate((row: HTMLElement) => row.click());
        await page.locator('.course').waitFor();
        expect(await page.evaluate(() => scrollY)).toBe(0);
        await back();
        await page.getByRole('heading', { name: 'Bookings', level: 1 }).waitFor();
        await until(async () => (await page.evaluate(() => scrollY)) === 260, 5_000, 'the place in the list');
      }
      await page.getByRole('link', { name: 'New booking', exact: true }).click();
      await page.getByRole('heading', { name: 'New booking' }).waitFor();
      expect(await page.evaluate(() => scrollY)).toBe(0);
    },
    LIMIT,
  );

  it(
    'begins a review with no result, and signs it with the name of the operator’s key',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, `/bookings/${shown.s.ids.review}`);
      await page.getByRole('heading', { name: 'Review this booking' }).waitFor();
      expect(await page.getByLabel(/Your name/).count()).toBe(0);
      expect(await page.getByRole('combobox', { name: /^Result/ }).inputValue()).toBe('');
      await page.getByText('It is signed: Olga Ruiz').waitFor();
      await page.getByRole('button', { name: 'Save review' }).click();
      await page.locator('.field.refused .problem').getByText('Choose a result').waitFor();
      await page.getByRole('combobox', { name: /^Result/ }).selectOption('declined');
      await page.getByRole('button', { name: 'Save review' }).click();
      await page.getByText(/Reviewed by Olga Ruiz/).waitFor();
      await until(async () => (await page.locator('.due b').textContent()) === '0', 15_000, 'nothing to be left');
    },
    LIMIT,
  );

  it(
    'says who canceled, and who allowed a number again',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, `/bookings/${shown.s.ids.waiting}`);
      await page.getByRole('button', { name: 'Cancel booking' }).click();
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await page.getByText(/Canceled by Olga Ruiz, \d\d:\d\d|Canceled by Olga Ruiz, /).waitFor();
      await page.goto(`${shown.s.url}/do-not-call`);
      await page.getByRole('button', { name: 'Allow calls' }).click();
      await page.getByRole('button', { name: 'Yes, allow calls' }).click();
      await page.getByText(/\+54…89: by Olga Ruiz/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    },
    LIMIT,
  );

  it.each([320, 390, 700, 760, 820, 900, 1024, 1150, 1280, 1350, 1440, 1920])(
    'has the language beside the name at %i pixels, in both languages, in a header of two rows at most',
    async (width) => {
      const page = await open({ viewport: { width, height: 600 } });
      await signIn(page, shown.s.url);
      for (const language of ['es', 'en']) {
        await page.locator('.language select').selectOption(language);
        await page.locator('.due').waitFor();
        const seen = await page.evaluate(() => {
          const middle = (one: string) => {
            const { top, bottom } = document.querySelector(one)!.getBoundingClientRect();
            return (top + bottom) / 2;
          };
          const { height } = document.querySelector('.top')!.getBoundingClientRect();
          return { apart: Math.abs(middle('.brand') - middle('.language')), high: height > 110, height };
        });
        expect(seen).toMatchObject({ high: false });
        expect(seen.apart).toBeLessThan(12);
        expect(await overhang(page)).toBe(0);
      }
    },
    LIMIT,
  );
});
