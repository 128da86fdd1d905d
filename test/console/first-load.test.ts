import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserPages, inBrowser } from './support/browser.ts';
import { KEYS } from './support/operator.ts';
import { type Seeded, seeded } from './support/seeded.ts';

const LIMIT = 120_000;
const LOADS = 5;

interface Loaded {
  url: string;
  type: string;
  /** Over the wire: headers, and the body as it was compressed. */
  bytes: number;
  cached: boolean;
}

/** Watches what a page loads. @returns all of it that has arrived whole */
async function watch(page: Page): Promise<() => Loaded[]> {
  const protocol = await page.context().newCDPSession(page);
  const begun = new Map<string, Loaded>();
  const whole: Loaded[] = [];
  protocol.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    begun.set(requestId, { url: request.url, type: type ?? '', bytes: 0, cached: false });
  });
  protocol.on('Network.requestServedFromCache', ({ requestId }) => {
    const one = begun.get(requestId);
    if (one) one.cached = true;
  });
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = begun.get(requestId);
    if (one) whole.push({ ...one, bytes: encodedDataLength });
  });
  await protocol.send('Network.enable');
  return () => whole;
}

inBrowser('the first load, with nothing in the browser’s cache', () => {
  let s: Seeded;
  const open = browserPages();
  beforeAll(async () => {
    s = await seeded();
  }, 60_000);
  afterAll(() => s?.close());

  /** A browser that has never been here, but whose operator is signed in. */
  const newcomer = async (): Promise<Page> => {
    const page = await open();
    const { request } = page.context();
    const answer = await request.post(`${s.url}/console/session`, { data: { key: KEYS.OPERATOR_KEYS } });
    expect(answer.status()).toBe(204);
    return page;
  };

  it(
    'asks this installation alone, for less than 60 kB of script over the wire to show the list, and 100 kB with a waveform',
    async () => {
      for (const [path, there, most] of [
        ['/', '.row a', 60_000],
        [`/bookings/${s.ids.confirmed}`, '.player .wave > *', 100_000],
      ] as const) {
        const page = await newcomer();
        const loaded = await watch(page);
        await page.goto(s.url + path);
        await page.locator(there).first().waitFor();
        // The browser's own picture of a calendar comes from the browser.
        const all = loaded().filter(({ url }) => !url.startsWith('data:'));
        expect([...new Set(all.map(({ url }) => new URL(url).origin))]).toEqual([s.url]);
        expect(all.filter(({ cached }) => cached)).toEqual([]);
        const scripts = all.filter(({ type }) => type === 'Script');
        const bytes = scripts.reduce((sum, one) => sum + one.bytes, 0);
        // Less than the page could do with: then scripts were not counted.
        expect(bytes).toBeGreaterThan(10_000);
        expect(bytes).toBeLessThan(most);
        process.stdout.write(
          `first load of ${path.split('/')[1] || 'the list'}: ${bytes} bytes in ${scripts.length} scripts\n`,
        );
      }
    },
    LIMIT,
  );

  it(
    'shows the bookings; how soon, is printed',
    async () => {
      const times: number[] = [];
      for (let load = 0; load < LOADS; load++) {
        const page = await newcomer();
        await page.goto(s.url, { waitUntil: 'commit' });
        times.push(
          await page.evaluate(
            () =>
              new Promise<number>((resolve) => {
                const look = () =>
                  document.querySelector('.row a') ? resolve(performance.now()) : requestAnimationFrame(look);
                look();
              }),
          ),
        );
        expect(await page.locator('.row').count()).toBe(Object.keys(s.ids).length);
      }
      // No assertion: another browser or a busy machine would be told off for it.
      process.stdout.write(
        `usable at first sight after ${times.map(Math.round).join(', ')} ms; the aim is below 1000\n`,
      );
    },
    LIMIT,
  );
});
