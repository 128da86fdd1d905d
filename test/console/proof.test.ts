import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { inBrowser } from './support/browser.ts';
import { KEYS } from './support/operator.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;

inBrowser('what an outcome rests on', () => {
  const { open, shown } = seededPages();

  const at = async (booking: 'confirmed' | 'review', locale = 'en-GB'): Promise<Page> => {
    const page = await open({ locale });
    await page.goto(shown.s.url);
    await page.getByLabel(/Operator key|Clave de operador/).fill(KEYS.OPERATOR_KEYS);
    await page.keyboard.press('Enter');
    await page.locator('.row').first().waitFor();
    await page.goto(`${shown.s.url}/bookings/${shown.s.ids[booking]}`);
    await page.locator('.end').waitFor();
    return page;
  };
  const lines = async (page: Page, selector: string): Promise<string[]> =>
    (await page.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  const marked = (page: Page, turn: number): Promise<unknown> =>
    until(
      async () => (await page.locator('.turn').nth(turn).getAttribute('aria-current')) === 'true',
      20_000,
      `turn ${turn} to be marked`,
    );

  it.each([
    [
      'en-GB',
      'Stated The business itself said the day and the time, and gave the appointment.',
      [
        'Day · Time The business said: Listen: «Tengo lugar el viernes a las cuatro de la tarde.» 0:00',
        'Agreement The business said: Listen: «Listo, ya quedó anotado.» 0:01',
      ],
    ],
    [
      'es-AR',
      'Lo dijo el comercio El propio comercio dijo el día y la hora, y dio el turno.',
      [
        'Día · Hora El comercio dijo: Escuchar: «Tengo lugar el viernes a las cuatro de la tarde.» 0:00',
        'Acuerdo El comercio dijo: Escuchar: «Listo, ya quedó anotado.» 0:01',
      ],
    ],
  ])(
    'is said in words, with how much that proves, in %s',
    async (locale, level, said) => {
      const page = await at('confirmed', locale);
      await page.locator('.player').waitFor();
      expect(await lines(page, '.proof > p')).toEqual([level]);
      expect(await lines(page, '.proof dl > div')).toEqual(said);
      expect(await lines(page, '.proof mark')).toEqual(['el viernes', 'a las cuatro de la tarde', 'ya quedó anotado']);
    },
    LIMIT,
  );

  it(
    'is played where it was said, by click or by key, and its turn is marked; once more, and it stops',
    async () => {
      const page = await at('confirmed');
      await page.locator('.player').waitFor();
      const audio = page.locator('audio');
      const paused = () => audio.evaluate((one: HTMLAudioElement) => one.paused);
      // The recording is short.
      await audio.evaluate((one: HTMLAudioElement) => {
        one.playbackRate = 0.1;
      });
      await page.locator('.cite').nth(1).click();
      await marked(page, 3);
      expect(await audio.evaluate((one: HTMLAudioElement) => one.currentTime)).toBeGreaterThan(0.9);
      await page.locator('.cite').first().focus();
      await page.keyboard.press('Enter');
      await marked(page, 1);
      expect(await paused()).toBe(false);
      await page.keyboard.press('Enter');
      expect(await paused()).toBe(true);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('cite');
    },
    LIMIT,
  );

  it(
    'where a person has to decide, is why, with the turns that matter, and the form has what was agreed',
    async () => {
      const page = await at('review');
      const announced = page.getByText('Outcome: Needs review, The business was not sure');
      await until(async () => (await announced.count()) === 1, 20_000, 'the reason to be announced');
      expect(await lines(page, '.doubts h3')).toEqual(['Why a person has to decide']);
      expect(await lines(page, '.doubts > p')).toEqual([
        'The agent reported: Fri 27 Nov, 16:00',
        'In the talk: Fri 27 Nov, 17:00',
      ]);
      expect(await lines(page, '.doubts li')).toEqual([
        'The business was not sure Business: Show in the transcript: «Creo que sí, pero tengo que confirmarlo con el doctor.» 0:12',
        'The agreed time differs from the reported one Vocero: Show in the transcript: «Perfecto, entonces el viernes a las cinco.» 0:08 Business: Show in the transcript: «A ver... podría ser el viernes a las cinco.» 0:04',
      ]);
      expect(await lines(page, '.doubts mark')).toEqual(['Creo que sí', 'a las cinco', 'a las cinco']);
      // In English, and said already.
      expect(await page.getByText('The business hedged').count()).toBe(0);
      const what = page.getByRole('combobox', { name: /^Result/ });
      expect(await what.inputValue()).toBe('');
      expect(await page.getByLabel('Date').count()).toBe(0);
      await what.selectOption('confirmed');
      expect(await page.getByLabel('Date').inputValue()).toBe('2026-11-27');
      expect(await page.getByLabel('Time').inputValue()).toBe('17:00');
      await page.locator('.cite').first().click();
      await marked(page, 3);
      await until(() => page.evaluate(() => document.activeElement?.id === 'turn-3'), 20_000, 'the turn to be shown');
    },
    LIMIT,
  );

  it(
    'is marked as words in the language of the talk, for the voice of a screen reader',
    async () => {
      const page = await at('confirmed');
      await page.locator('.cite').first().waitFor();
      expect(await page.locator('.cited[lang=es]').count()).toBe(2);
    },
    LIMIT,
  );
});
