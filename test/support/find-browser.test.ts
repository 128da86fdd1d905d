import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ProgramNotFound } from '../../temporal/sources.ts';
import { ownFolder } from './files.ts';
import { findBrowser } from './find-browser.ts';

const here = ownFolder();

/** A machine with nothing but what the test puts there. */
const bare = (env: Record<string, string> = {}, more: object = {}) => ({
  env: { PATH: here.path('bin'), ...env },
  progress: () => {},
  own: here.path('playwright', 'chrome'),
  fetchOwn: () => Promise.reject(new Error('out of reach')),
  root: true,
  ...more,
});

describe('the browser of the console’s tests', () => {
  it('is what CONSOLE_BROWSER names, and nothing else when that is none', async () => {
    const named = here.script('mine/browser', 'echo mine');
    here.script('bin/chromium', 'echo "Chromium 1"');
    expect(await findBrowser(bare({ CONSOLE_BROWSER: named }))).toBe(named);
    await expect(findBrowser(bare({ CONSOLE_BROWSER: here.path('nowhere') }))).rejects.toThrow(/^CONSOLE_BROWSER is/);
  });

  it('is on PATH, Chromium before Chrome, if it runs', async () => {
    const chrome = here.script('bin/google-chrome', 'echo "Chrome 1"');
    expect(await findBrowser(bare())).toBe(chrome);
    const chromium = here.script('bin/chromium', 'echo "Chromium 1"');
    expect(await findBrowser(bare())).toBe(chromium);
    here.script('bin/chromium', 'exit 3');
    await expect(findBrowser(bare())).rejects.toThrow('chromium ended with 3');
  });

  it('is Playwright’s own, which is fetched once', async () => {
    let fetched = 0;
    const fetchOwn = async () => {
      fetched++;
      here.script('playwright/chrome', 'echo "Chromium 2"');
    };
    expect(await findBrowser(bare({}, { fetchOwn }))).toBe(here.path('playwright', 'chrome'));
    expect(await findBrowser(bare({}, { fetchOwn }))).toBe(here.path('playwright', 'chrome'));
    expect(fetched).toBe(1);
  });

  it('is Debian’s package, where this process may install it', async () => {
    const bin = here.path('bin');
    here.script(
      'bin/apt-get',
      `echo "$@" > ${here.path('asked')}\nprintf '#!/bin/sh\\necho Chromium 3\\n' > ${bin}/chromium\n/bin/chmod +x ${bin}/chromium`,
    );
    await expect(findBrowser(bare({}, { root: false }))).rejects.toThrow('only root may install it');
    expect(await findBrowser(bare())).toBe(`${bin}/chromium`);
  });

  it('cannot be had: says what was tried and what helps', async () => {
    writeFileSync(here.path('bin'), '');
    const error: unknown = await findBrowser(bare()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProgramNotFound);
    for (const part of ['CONSOLE_BROWSER: not there', 'on PATH: not there', 'out of reach', 'apt-get is not there'])
      expect((error as Error).message).toContain(part);
  });
});
