import { type Browser, chromium } from 'playwright-core';
import { FLAGS } from '../../support/share-browser.ts';

/** The browser that `npm test` shares; where it does not, or that one is gone, one of one's own. Closing it ends what was opened in it. */
export async function openBrowser(): Promise<Browser> {
  const shared = process.env.CONSOLE_BROWSER_SHARED;
  const connected = shared ? await chromium.connect(shared).catch(() => undefined) : undefined;
  return connected ?? chromium.launch({ executablePath: process.env.CONSOLE_BROWSER!, args: FLAGS });
}
