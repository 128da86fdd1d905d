import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { EXAMPLES } from '../../console/form/examples.ts';
import { until } from '../support/until.ts';
import { axeViolations, inBrowser, overhang } from './support/browser.ts';
import { KEYS, signIn } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

inBrowser('the console’s pages', () => {
  const { open, shown, later } = seededPages();

  /** Every page there is, each in the state in which it has most to show. */
  const places = () => [
    '/',
    '/?status=failed',
    '/new',
    '/batches',
    '/batches/new',
    '/shortlists',
    '/shortlists/new',
    '/do-not-call',
    '/calendar',
    '/acts',
    `/bookings/${shown.s.ids.confirmed}`,
    `/bookings/${shown.s.ids.simulated}`,
    `/bookings/${shown.s.ids.review}`,
    `/bookings/${shown.s.ids.waiting}`,
    '/bookings/bk_deleted0000',
    '/nowhere/at/all',
  ];
  const settled = async (page: Page, path: string) => {
    await page.goto(shown.s.url + path);
    await page.locator('h1').waitFor();
    await page.waitForFunction(() => document.querySelector('.row, form, .end, .wait, .empty, .page > p') !== null);
    if (path.includes(shown.s.ids.confirmed)) await page.locator('.player .wave > *').waitFor();
  };

  describe('for everybody', () => {
    it.each(['light', 'dark'] as const)(
      'have nothing that axe finds wrong, in %s colours, on a wide screen and on a phone',
      async (colorScheme) => {
        const page = await open({ colorScheme });
        await page.goto(`${shown.s.url}/sign-in`);
        await page.getByLabel('Operator key').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await signIn(page, shown.s.url);
        await page.locator('.row').first().waitFor();
        for (const path of places().filter((one) => !one.startsWith('/nowhere'))) {
          await settled(page, path);
          if (path === '/new') {
            await page.getByText('More settings').first().click();
            await page.getByRole('button', { name: 'Place booking' }).click();
            await page.locator('.field.refused').first().waitFor();
          }
          expect([path, await axeViolations(page)]).toEqual([path, []]);
        }
        await page.setViewportSize({ width: 360, height: 740 });
        for (const path of ['/', `/bookings/${shown.s.ids.confirmed}`]) {
          await settled(page, path);
          expect([path, await axeViolations(page)]).toEqual([path, []]);
        }
      },
      LIMIT,
    );

    it(
      'fit a phone, down to 320 pixels, without scrolling sideways',
      async () => {
        const page = await open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
        await signIn(page, shown.s.url);
        await page.locator('.row').first().waitFor();
        for (const path of places().filter((one) => !one.startsWith('/nowhere'))) {
          await settled(page, path);
          expect([path, await overhang(page)]).toEqual([path, 0]);
        }
      },
      LIMIT,
    );

    it(
      'are dark where the reader’s system is',
      async () => {
        const brightness = async (colorScheme: 'light' | 'dark') => {
          const page = await open({ colorScheme });
          await page.goto(shown.s.url);
          await page.getByLabel('Operator key').waitFor();
          const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          return colour
            .match(/\d+/g)!
            .slice(0, 3)
            .map(Number)
            .reduce((sum, part) => sum + part, 0);
        };
        expect(await brightness('light')).toBeGreaterThan(600);
        expect(await brightness('dark')).toBeLessThan(150);
      },
      LIMIT,
    );

    it(
      'speak the browser’s language, and the one that is chosen, from then on',
      async () => {
        const page = await open({ locale: 'es-AR' });
        await page.goto(shown.s.url);
        await page.getByLabel('Clave de operador').fill(KEYS.OPERATOR_KEYS);
        await page.getByRole('button', { name: 'Ingresar' }).click();
        await page.getByRole('heading', { name: 'Reservas' }).waitFor();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('es');
        await page.locator('.row').filter({ hasText: 'Clínica' }).getByText('Completada').waitFor();
        await page.getByLabel('Idioma').selectOption('en');
        await page.getByRole('heading', { name: 'Bookings' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Bookings' }).waitFor();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
      },
      LIMIT,
    );

    it(
      'keep still for those who asked for less motion',
      async () => {
        for (const [reducedMotion, moving] of [
          ['reduce', 0],
          ['no-preference', 1],
        ] as const) {
          const page = await open({ reducedMotion });
          await signIn(page, shown.s.url, `/bookings/${shown.s.ids.waiting}`);
          await page.locator('.status.in_progress').first().waitFor();
          expect(await page.evaluate(() => Math.min(1, document.getAnimations().length))).toBe(moving);
        }
      },
      LIMIT,
    );

    it(
      'can be worked by keyboard alone: all is reached, what has the focus shows it, and nothing holds it',
      async () => {
        const page = await open();
        await page.goto(shown.s.url);
        await page.getByLabel('Operator key').waitFor();
        const focused = () =>
          page.evaluate(() => {
            const one = document.activeElement as HTMLElement;
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            const name =
              one.getAttribute('aria-label') ||
              (one as HTMLInputElement).labels?.[0]?.textContent ||
              one.textContent ||
              '';
            const shown = one === document.body || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2);
            return { name: name.trim().slice(0, 40), shown };
          });
        /** Tabs until something is reached; each stop must be seen. */
        const tabTo = async (name: RegExp): Promise<void> => {
          for (let stop = 0; stop < 60; stop++) {
            await page.keyboard.press('Tab');
            const at = await focused();
            expect(at).toEqual({ ...at, shown: true });
            if (name.test(at.name)) return;
          }
          throw new Error(`the Tab key never reached ${name}`);
        };
        await tabTo(/^Skip/);
        await tabTo(/^Operator key/);
        await page.keyboard.type(KEYS.OPERATOR_KEYS);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Bookings' }).waitFor();
        await until(async () => (await focused()).name === 'Bookings', 10_000, 'the heading to have the focus');
        await tabTo(/Barbería/);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Barbería' }).waitFor();
        await until(async () => (await focused()).name === 'Barbería', 10_000, 'the heading to have the focus');
        await tabTo(/^Cancel booking/);
        await page.keyboard.press('Enter');
        await until(async () => (await focused()).name === 'No, go on', 10_000, 'the question to have the focus');
        await page.keyboard.press('Escape');
        await until(async () => (await focused()).name === 'Cancel booking', 10_000, 'the focus to be back');
        // Once round: it comes out at the page's end and begins anew.
        await tabTo(/^Skip/);
        await page.keyboard.press('Enter');
        await tabTo(/Cancel booking/);
      },
      LIMIT,
    );

    it(
      'marks what was said with the language of the talk, for the voice of a screen reader',
      async () => {
        const page = await open();
        await signIn(page, shown.s.url);
        await page.goto(`${shown.s.url}/bookings/${shown.s.ids.confirmed}`);
        await page.locator('.turn p').first().waitFor();
        expect(await page.locator('.turn p[lang=es]').count()).toBe(await page.locator('.turn p').count());
      },
      LIMIT,
    );
  });

  describe('a simulation', () => {
    it(
      'is marked by word and pattern in the list, on its page and in the window’s title; a real booking is not',
      async () => {
        const page = await open();
        await signIn(page, shown.s.url);
        const row = (name: string) => page.locator('.row').filter({ hasText: name });
        await row('Peluquería').getByText('Simulated').waitFor();
        const pattern = await row('Peluquería')
          .locator('.simulated')
          .evaluate((one) => getComputedStyle(one).backgroundImage);
        expect(pattern).toContain('repeating-linear-gradient');
        expect(await row('Clínica').getByText('Simulated').count()).toBe(0);
        await row('Peluquería').click();
        await page.getByText('Simulated: nobody was called, and no appointment exists.').waitFor();
        await until(async () => (await page.title()) === '[Simulated] Peluquería Ñandú · Vocero', 10_000, 'the title');
        await page.goto(`${shown.s.url}/bookings/${shown.s.ids.confirmed}`);
        await page.locator('.end').waitFor();
        expect(await page.getByText('Simulated').count()).toBe(0);
        expect(await page.title()).toBe('Clínica Dental Sur · Vocero');
      },
      LIMIT,
    );
  });

  it(
    'offers numbers by what they do in the sandbox, and only there',
    async () => {
      const page = await open();
      await signIn(page, shown.s.url, '/new');
      await page.getByRole('button', { name: 'Place booking' }).waitFor();
      const examples = page.getByRole('combobox', { name: 'Sandbox: numbers by their reaction' });
      expect(await examples.count()).toBe(0);
      await page.route('**/console/session', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), sandbox: true } });
      });
      await page.reload();
      await examples.selectOption({ label: 'A refuses, B books' });
      expect(await page.getByLabel(/^Phone/).inputValue()).toBe(EXAMPLES.bridge);
      await page.locator('[name="business.name"]').fill('Clínica');
      await page.locator('[name="request.service_type"]').fill('dentista');
      await page.locator('[name="request.user_name"]').fill('Mauro');
      await page.getByRole('button', { name: 'Place booking' }).click();
      await page.getByRole('heading', { name: 'Clínica', level: 1 }).waitFor();
      expect(shown.s.world.gateway.started.at(-1)?.order.business.phone).toBe(EXAMPLES.bridge);
    },
    LIMIT,
  );

  describe('bad input', () => {
    it(
      'is told at each field, before it is sent where that can be known, and by the API otherwise',
      async () => {
        const page = await open();
        await signIn(page, shown.s.url, '/new');
        await page.getByRole('button', { name: 'Place booking' }).click();
        const refused = page.locator('.field.refused');
        expect(await refused.locator('.label').allInnerTexts()).toEqual([
          'Name required',
          'Phone required',
          'Service required',
          'In the name of required',
        ]);
        expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('business.name');
        await page.locator('[name="business.name"]').fill('Clínica');
        await page.locator('[name="request.service_type"]').fill('dentista');
        await page.locator('[name="request.user_name"]').fill('Mauro');
        // Well-formed, but no number of its country: only the API knows.
        await page.locator('[name="business.phone"]').fill('+541100');
        // Longer than the pauses after which the corrected fields are looked at again: the button stays under the pointer.
        await page.getByRole('button', { name: 'Place booking' }).click({ delay: 1_000 });
        await until(async () => (await refused.count()) === 1, 10_000, 'one field to be refused');
        const phone = page.locator('[name="business.phone"]');
        expect(await phone.getAttribute('aria-invalid')).toBe('true');
        const told = await phone.getAttribute('aria-describedby');
        expect(told).toBe('field-business.phone-hint field-business.phone-problem');
        await phone.fill('+541143211239');
        await page.getByText('More settings').first().click();
        await page.locator('[name="escalation.native.ring_seconds"]').fill('121');
        await page.getByRole('button', { name: 'Place booking' }).click();
        await page.getByText('must be a whole number from 5 to 120').waitFor();
        await page.locator('[name="escalation.native.ring_seconds"]').fill('30');
        await page.locator('[name="metadata"]').fill('order: 42');
        await page.getByRole('button', { name: 'Place booking' }).dblclick();
        await page.getByRole('heading', { name: 'Clínica', level: 1 }).waitFor();
        const placed = shown.s.world.gateway.started.filter(({ order }) => order.business.phone === '+541143211239');
        expect(placed).toHaveLength(1);
        expect(placed[0]!.order).toMatchObject({
          metadata: { order: '42' },
          escalation: { native: { ring_seconds: 30 } },
        });
      },
      LIMIT,
    );

    it(
      'a wrong key is told clearly; a client’s key may not sign in',
      async () => {
        const page = await open();
        await page.goto(shown.s.url);
        for (const [key, says] of [
          ['nonsense', /does not know this key/],
          [KEYS.API_KEYS, /can place bookings but cannot sign in/],
        ] as const) {
          await page.getByLabel('Operator key').fill(key);
          await page.keyboard.press('Enter');
          await page.getByText(says).waitFor();
          expect(await page.getByLabel('Operator key').getAttribute('aria-invalid')).toBe('true');
        }
      },
      LIMIT,
    );

    it(
      'a session that has ended leads to the sign-in, and from there back to where one was',
      async () => {
        const page = await open();
        await signIn(page, shown.s.url, `/bookings/${shown.s.ids.review}`);
        await page.locator('.end').waitFor();
        later(13);
        // The page may notice by itself before anybody clicks: then there is no link any more.
        await page.evaluate(() => document.querySelector<HTMLElement>('a.brand')?.click());
        await page
          .getByText(/Your session has ended|Operator key/)
          .first()
          .waitFor();
        await page.goto(`${shown.s.url}/bookings/${shown.s.ids.review}`);
        await page.getByText('Your session has ended.').waitFor();
        await page.getByLabel('Operator key').fill(KEYS.OPERATOR_KEYS);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Veterinaria' }).waitFor();
        await page.goto(`${shown.s.url}/sign-in?next=//evil.example/`);
        await page.getByRole('heading', { name: 'Bookings' }).waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByLabel('Operator key').waitFor();
        await page.goto(`${shown.s.url}/do-not-call`);
        await page.getByLabel('Operator key').waitFor();
      },
      LIMIT,
    );

    it(
      'a booking that is not there says so',
      async () => {
        const page = await open();
        await signIn(page, shown.s.url, '/bookings/bk_deleted0000');
        await page.getByRole('heading', { name: 'Booking not found' }).waitFor();
      },
      LIMIT,
    );
  });
});
