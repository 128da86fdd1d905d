import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { COLUMNS, ROWS } from './on-terminal.ts';

const file = (name: string): string =>
  readFileSync(createRequire(import.meta.url).resolve(`@xterm/xterm/${name}`), 'utf8');

const PADDING = 14;
const PAGE = `<!doctype html><meta charset="utf-8"><style>${file('css/xterm.css')}
body { margin: 0; background: #1b1d23 }
#frame { display: inline-block; padding: ${PADDING}px; background: #1b1d23 }
.xterm .scrollbar, .xterm-decoration-overview-ruler { display: none }
</style><div id="frame"></div>`;

interface Line {
  translateToString(trim: boolean): string;
}
/** What is used here of xterm.js. */
interface Screen {
  open(element: unknown): void;
  write(bytes: Uint8Array, done: () => void): void;
  buffer: { active: { length: number; getLine(n: number): Line | undefined } };
}
interface Window {
  Terminal: new (options: object) => Screen;
  document: { getElementById(id: string): unknown };
}

/**
 * What a terminal shows in the end when these bytes were written to it, as a PNG: xterm.js draws them, so that progress
 * displays, colours and cleared lines come out as a person sees them.
 */
export async function terminalPicture(browser: Browser, prompt: string, written: Buffer): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, deviceScaleFactor: 1.5 });
  try {
    await page.setContent(PAGE);
    await page.addScriptTag({ content: file('lib/xterm.js') });
    const bytes = Buffer.concat([Buffer.from(`\x1b[1;32m$\x1b[0m ${prompt}\r\n`), written]).toString('base64');
    const filled = await page.evaluate(
      async ([text, columns, rows]) => {
        const here = globalThis as unknown as Window;
        const screen = new here.Terminal({
          cols: columns,
          rows,
          scrollback: 0,
          fontSize: 14,
          lineHeight: 1.15,
          fontFamily: '"DejaVu Sans Mono", Menlo, Consolas, monospace',
          theme: { background: '#1b1d23', foreground: '#d7dae0', cursor: '#1b1d23' },
        });
        screen.open(here.document.getElementById('frame'));
        await new Promise<void>((done) => {
          screen.write(
            Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
            done,
          );
        });
        const { active } = screen.buffer;
        let used = active.length;
        while (used > 1 && active.getLine(used - 1)?.translateToString(true) === '') used -= 1;
        return used / rows;
      },
      [bytes, COLUMNS, ROWS] as const,
    );
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const frame = (await page.locator('#frame').boundingBox())!;
    const height = Math.ceil((frame.height - 2 * PADDING) * filled) + 2 * PADDING;
    return await page.screenshot({ clip: { ...frame, height }, fullPage: true });
  } finally {
    await page.close();
  }
}
