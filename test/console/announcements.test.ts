import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Outcome } from '../../domain/result.ts';
import type { AttemptStatus, BookingEvent, BookingView } from '../../domain/view.ts';
import { attempt } from '../api/support.ts';
import { until } from '../support/until.ts';
import { inBrowser } from './support/browser.ts';
import { KEYS } from './support/operator.ts';
import { listen } from './support/screen-reader.ts';
import { seededPages } from './support/seeded-pages.ts';

const LIMIT = 120_000;
const AT = '2026-11-25T12:00:00.000Z';

/** Another outcome of the same booking would be another piece of news. */
const OUTCOME: Outcome = {
  result: 'confirmed',
  channel: 'bridge',
  simulated: true,
  confirmed_date: '2026-11-27',
  confirmed_time: '16:00',
  notes: null,
  evidence: ['report_result', 'transcript'],
  proof: null,
  offers: [],
  callback_at: null,
};

inBrowser('what a screen reader says by itself', () => {
  const { open, shown } = seededPages();

  /** A booking that the test itself drives on. */
  async function driven(name = 'Óptica Norte') {
    const id = await shown.s.world.book(KEYS.API_KEYS, { business: { name, phone: '+541143211299' } });
    let version = 10;
    let turns = 0;
    const go = async (changes: Partial<BookingView>, ...events: BookingEvent[]) => {
      const view = { ...shown.s.world.gateway.workflows.get(id)!, ...changes };
      shown.s.world.gateway.workflows.set(id, view);
      version++;
      await shown.s.world.records.saveSnapshot({
        version,
        view,
        events: events.map((event, n) => ({ key: `v${version}.${n}`, event })),
      });
    };
    const tried = (n: number, status: 'ringing' | 'busy' | 'in_progress' | 'completed') =>
      attempt(`${id}.${n}`, { attempt: n, status, started_at: AT });
    return {
      id,
      rings: (n: number, before: 'busy'[] = []) => {
        const last = tried(n, 'ringing');
        const attempts = [...before.map((status, index) => tried(index + 1, status)), last];
        return go({ status: 'in_progress', channel: 'bridge', attempts }, { type: 'attempt', at: AT, attempt: last });
      },
      isBusy: () => {
        const last = tried(1, 'busy');
        return go(
          { attempts: [last] },
          { type: 'attempt', at: AT, attempt: last },
          {
            type: 'status',
            at: AT,
            status: 'in_progress',
            channel: 'bridge',
            waiting_for: 'calling_hours',
            after_attempts: 1,
          },
        );
      },
      talks: () => {
        const last = tried(2, 'in_progress');
        return go({ attempts: [tried(1, 'busy'), last] }, { type: 'attempt', at: AT, attempt: last });
      },
      says: async (role: 'agent' | 'business', message: string) => {
        const turn = { index: turns++, at: AT, role, message, at_seconds: turns };
        await shown.s.world.records.addTurn(`${id}.2`, turn);
      },
      ends: (outcome: Outcome = OUTCOME, status: BookingView['status'] = 'completed') =>
        go(
          { status, outcome, channel: outcome.channel, simulated: outcome.simulated },
          { type: 'final', at: AT, outcome },
        ),
    };
  }

  async function enter(page: Page, path: string, words: { key: string; go: string }): Promise<void> {
    await page.goto(shown.s.url + path);
    await page.getByLabel(words.key).fill(KEYS.OPERATOR_KEYS);
    await page.getByRole('button', { name: words.go }).click();
  }
  const ENGLISH = { key: 'Operator key', go: 'Sign in' };

  const LANGUAGES = [
    {
      locale: 'en-GB',
      ...ENGLISH,
      says: {
        queued: 'Queued',
        rings: 'Bridged call #1: Ringing',
        waits: 'Waiting for the calling window',
        ringsAgain: 'Bridged call #2: Ringing',
        talks: 'Bridged call #2: In conversation',
        agent: 'Vocero: Hola, quería un turno.',
        business: 'Business: Tengo el viernes.',
        ends: 'Outcome: Confirmed, Fri 27 Nov, 16:00. Simulated',
      },
    },
    {
      locale: 'es-AR',
      key: 'Clave de operador',
      go: 'Ingresar',
      says: {
        queued: 'En cola',
        rings: 'Llamada por puente #1: Sonando',
        waits: 'Esperando el horario permitido para llamar',
        ringsAgain: 'Llamada por puente #2: Sonando',
        talks: 'Llamada por puente #2: En conversación',
        agent: 'Vocero: Hola, quería un turno.',
        business: 'Comercio: Tengo el viernes.',
        ends: 'Resultado: Confirmada, vie, 27 nov, 16:00. Simulada',
      },
    },
  ];

  describe('at a booking', () => {
    it.each(LANGUAGES)(
      'is each step, each turn and the outcome, once, in the language that is on: $locale',
      async ({ locale, says, ...words }) => {
        const page = await open({ locale });
        const heard = await listen(page);
        const booking = await driven();
        await enter(page, `/bookings/${booking.id}`, words);
        const expected: string[] = [];
        const hears = async (text: string) => {
          expected.push(text);
          await until(async () => (await heard()).includes(text), 20_000, `“${text}” to be said`);
          expect(await heard()).toEqual(expected);
        };
        await hears(says.queued);
        await booking.rings(1);
        await hears(says.rings);
        await booking.isBusy();
        await hears(says.waits);
        await booking.rings(2, ['busy']);
        await hears(says.ringsAgain);
        await booking.talks();
        await hears(says.talks);
        await booking.says('agent', 'Hola, quería un turno.');
        await hears(says.agent);
        await booking.says('business', 'Tengo el viernes.');
        await hears(says.business);
        await booking.ends();
        await hears(says.ends);
      },
      LIMIT,
    );

    it(
      'is not said again after the connection was lost; that it was, and that it is back, is said once',
      async () => {
        const page = await open();
        const heard = await listen(page);
        const booking = await driven();
        await booking.rings(2, ['busy']);
        for (const message of ['Uno.', 'Dos.', 'Tres.', 'Cuatro.', 'Cinco.']) await booking.says('agent', message);
        await enter(page, `/bookings/${booking.id}`, ENGLISH);
        // Who comes into a talk hears what is being said, not all that was.
        await until(async () => (await heard()).includes('Vocero: Cinco.'), 20_000, 'the last turn');
        const before = ['Bridged call #2: Ringing', 'Vocero: Cinco.', 'Bridged call #2: In conversation'];
        expect((await heard()).sort()).toEqual(before.slice(0, 2));
        await booking.talks();
        await until(async () => (await heard()).length === before.length, 20_000, 'the conversation');
        expect((await heard()).at(-1)).toBe(before.at(-1));

        // The server lets go: the browser asks for what came after the last event it has seen.
        shown.s.world.app.server.closeAllConnections();
        await until(async () => (await heard()).includes('Connected again.'), 30_000, 'the end of the loss');
        // The network was gone: the page asks for the whole story again.
        const again = page.waitForRequest((request) => request.url().endsWith('/events'));
        await page.context().setOffline(true);
        await page.context().setOffline(false);
        await again;
        // What is answered may for once be older than what was known before.
        const read = (status: AttemptStatus) =>
          page.waitForResponse(
            async (answer) =>
              answer.url().includes(`${booking.id}?include`) &&
              answer.ok() &&
              ((await answer.json()) as BookingView).attempts.at(-1)?.status === status,
          );
        await Promise.all([read('ringing'), booking.rings(2, ['busy'])]);
        await Promise.all([read('in_progress'), booking.talks()]);
        await booking.says('business', 'Seis.');
        await until(async () => (await heard()).includes('Business: Seis.'), 20_000, 'the next turn');
        const since = async (what: RegExp) => (await heard()).slice(before.length).filter((text) => what.test(text));
        const losses = async () => (await since(/^No connection/)).length;
        await until(async () => (await losses()) === (await since(/^Connected/)).length, 30_000, 'an end of each loss');
        expect(await since(/^(?!No connection|Connected)/)).toEqual(['Business: Seis.']);
        expect(await page.locator('.turn').allInnerTexts()).toHaveLength(6);
      },
      LIMIT,
    );
  });

  describe('at the list', () => {
    it(
      'is how many bookings a search has left, and which booking has come to need a person',
      async () => {
        const page = await open();
        const heard = await listen(page);
        const booking = await driven('Kinesiología Sol');
        await booking.rings(1);
        await enter(page, '/', ENGLISH);
        await page.locator('.row').first().waitFor();
        expect(await heard()).toEqual([]);
        await page.getByLabel('Search').fill('kinesiologia');
        await until(async () => (await heard()).length > 0, 20_000, 'the count');
        expect(await heard()).toEqual(['1 booking shown']);
        await page.getByLabel('Search').fill('nobody of this name');
        await until(async () => (await heard()).includes('No booking matches.'), 20_000, 'that there is none');
        await page.getByRole('button', { name: 'Clear filters' }).click();
        const row = page.locator('.row').filter({ hasText: 'Kinesiología Sol' });
        await row.getByText('In progress').waitFor();
        await booking.ends({ ...OUTCOME, result: 'needs_review' }, 'needs_review');
        await until(async () => (await heard()).includes('Kinesiología Sol: Needs review'), 20_000, 'that');
        expect((await heard()).slice(1)).toEqual([
          'No booking matches.',
          expect.stringMatching(/^\d+ bookings shown$/),
          'Kinesiología Sol: Needs review',
        ]);
      },
      LIMIT,
    );
  });
});
