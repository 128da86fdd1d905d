import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './open-browser.ts';

/** Tests that need a browser: skipped, and counted as such, on a machine that has none. */
export const inBrowser = process.env.CONSOLE_BROWSER ? describe : describe.skip;

/** What the console must never do, seen while a test ran. */
interface Witness {
  violations: string[];
  foreign: string[];
  errors: string[];
}

/** Opens pages, from `beforeAll` to `afterAll`; the profile of each is new and goes with it. */
export function browserPages(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  const pages: Page[] = [];
  const witness: Witness = { violations: [], foreign: [], errors: [] };

  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    const seen = { ...witness };
    Object.assign(witness, { violations: [], foreign: [], errors: [] });
    expect(seen).toEqual({ violations: [], foreign: [], errors: [] });
  });

  return async (options = {}) => {
    const context = await browser!.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', ...options });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', (error) => witness.errors.push(error.message));
    page.on('console', (message) => {
      if (!auditing && /Content Security Policy/i.test(message.text())) witness.violations.push(message.text());
    });
    let home: string | undefined;
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      home ??= origin;
      if (/^(https?|wss?):$/.test(protocol) && origin !== home) witness.foreign.push(request.url());
    });
    return page;
  };
}

/** While axe looks, what it tries itself is no doing of the page. */
let auditing = false;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page, each with the elements; evaluated from outside, which the page's policy does not hinder. */
export async function axeViolations(page: Page): Promise<string[]> {
  auditing = true;
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
  auditing = false;
  return found;
}

/** How many pixels a page is wider than its window: more than 0 means that it scrolls sideways. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
