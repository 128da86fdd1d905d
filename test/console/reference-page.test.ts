import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer } from '../../api/server.ts';
import { type World, world } from '../api/support.ts';
import { axeViolations, browserPages, inBrowser, overhang } from './support/browser.ts';

/** Where pictures of the page are wanted, if they are. */
const PICTURES = process.env.REFERENCE_PICTURES;
const SIZES = { wide: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

inBrowser('the reference in a browser, under its own headers', () => {
  const open = browserPages();
  let w: World;
  let url: string;
  beforeAll(async () => {
    w = await world();
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(() => w.close());

  it.each(Object.entries(SIZES))('loads nothing else and fits the screen: %s', async (name, viewport) => {
    const page = await open({ viewport });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${url}/docs`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Vocero: API reference');
    expect(await overhang(page)).toBe(0);
    // Its styles apply: the policy lets them.
    expect(await page.evaluate(() => getComputedStyle(document.body).marginTop)).toBe('0px');
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
      await page.goto(`${url}/docs#createBooking`);
      await page.screenshot({ path: join(PICTURES, `${name}-operation.png`) });
      await page.goto(`${url}/docs#schema-Booking`);
      await page.screenshot({ path: join(PICTURES, `${name}-schema.png`) });
      await page.goto(`${url}/docs#refusals`);
      await page.screenshot({ path: join(PICTURES, `${name}-refusals.png`) });
    }
    expect(new Set(asked)).toEqual(new Set(['/docs']));
  });

  it('leads to anchors that exist, each once, and to pages that answer', async () => {
    const page = await open();
    await page.goto(`${url}/docs`);
    const hrefs = await page.evaluate(() => [...document.querySelectorAll('a')].map((a) => a.getAttribute('href')!));
    expect(hrefs.length).toBeGreaterThan(200);
    const lost = await page.evaluate(
      (ids) => ids.filter((id) => document.querySelectorAll(`[id="${id}"]`).length !== 1),
      hrefs.filter((href) => href.startsWith('#')).map((href) => href.slice(1)),
    );
    expect(lost).toEqual([]);
    const pages = hrefs.filter((href) => !href.startsWith('#'));
    expect(pages).toEqual(expect.arrayContaining(['openapi.json', 'docs.md', 'llms.txt']));
    for (const href of pages) expect((await fetch(new URL(href, `${url}/docs`))).status).toBe(200);
    await page.getByRole('link', { name: 'POST /v1/bookings', exact: true }).first().click();
    await page.waitForFunction(() => location.hash === '#createBooking');
    expect(await page.locator('#createBooking').evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(200);
  });

  it('can be read by everybody', async () => {
    const page = await open();
    await page.goto(`${url}/docs`);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('begins with what a new client needs', async () => {
    const { tags, paths } = (await w.app.inject('/openapi.json')).json();
    expect(tags[0].name).toBe('bookings');
    expect(Object.keys(paths)[0]).toBe('/v1/bookings');
    expect(Object.keys(paths['/v1/bookings'])[0]).toBe('post');
    const index = (await w.app.inject('/llms.txt')).body;
    expect(index.indexOf('`POST /v1/bookings`')).toBeLessThan(index.indexOf('`GET /calendar/'));
  });
});
