/**
 * `npm run screenshots`: makes the pictures of the README and of the docs, in docs/pictures. It starts the product as a new user
 * does, in the sandbox, places bookings of every kind, and looks at the console while they run. `npm run screenshots -- many`: only those of
 * batches and shortlists.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { nextFreePort } from '../temporal/free-port.ts';
import { Client, ONLY_BRIDGE, type Wish } from '../test/e2e/support/client.ts';
import { inherited, ready, startProcess } from '../test/e2e/support/process.ts';
import { findBrowser } from '../test/support/find-browser.ts';
import { until } from '../test/support/until.ts';
import { manyPictures } from './pictures/many.ts';
import { onTerminal } from './pictures/on-terminal.ts';
import { terminalPicture } from './pictures/terminal-page.ts';

const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SLOWLY = { timeout: 120_000 };

const wish = (name: string, phone: string, service: string, person: string, more: Wish = {}): [string, Wish] => [
  phone,
  {
    ...more,
    business: { name, phone },
    request: { service_type: service, user_name: person, preferred_date: 'mañana' },
  },
];
/** The last digits say what happens: see sandbox/README.md. */
const BOOKINGS = [
  wish('Peluquería Ñandú', '+541143210092', 'corte', 'Lucía', ONLY_BRIDGE),
  wish('Veterinaria Palermo', '+541143210090', 'vacuna', 'Tomás', ONLY_BRIDGE),
  wish('Taller Mecánico Rivas', '+541143210096', 'cambio de aceite', 'Julia'),
  wish('Estudio Contable Vidal', '+541143212034', 'consulta', 'Andrés'),
  wish('Barbería del Centro', '+541143210089', 'barba', 'Nicolás', ONLY_BRIDGE),
];

const DAY_MS = 86_400_000;
const tomorrow = new Date(Date.now() + DAY_MS).toLocaleDateString('sv', { timeZone: 'America/Argentina/Buenos_Aires' });

const say = (line: string): void => console.log(`[screenshots] ${line}`);

const folder = mkdtempSync(join(tmpdir(), 'vocero-screenshots-'));
const port = await nextFreePort(3000);
const url = `http://127.0.0.1:${port}`;
say('starting the product in the sandbox');
const settings = {
  PORT: String(port),
  DATA_DIR: join(folder, 'data'),
  TEMPORAL_PORT: String(await nextFreePort(7233)),
  TEMPORAL_UI_PORT: String(await nextFreePort(8233)),
};
const product = startProcess(['processes/vocero.mjs', 'start'], folder, settings);
const browser = await chromium.launch({
  executablePath: await findBrowser({ env: process.env, progress: say }),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-sync'],
});

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'America/Argentina/Buenos_Aires',
    ...options,
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await page.locator('h1').waitFor();
  return page;
}

/** The recording is being played, beyond its beginning. */
const isPlaying = (page: Page) =>
  until(
    async () => Number(await page.locator('.controls input').inputValue()) > 1,
    SLOWLY.timeout,
    'the recording to play',
  );

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
  say(`docs/pictures/${name}.png`);
  await page.context().close();
}

const LAUNCHER = fileURLToPath(new URL('../processes/vocero.mjs', import.meta.url));

const onVocero = (...args: string[]): Promise<Buffer> =>
  onTerminal([process.execPath, LAUNCHER, ...args], folder, { ...inherited(), ...settings });

/** What a person sees who types `npx vocero …` into a terminal. */
async function capture(name: string, ...args: string[]): Promise<void> {
  const written = await onVocero(...args);
  const typed = args.map((word) => (/[^\w+./:=-]/.test(word) ? `'${word}'` : word)).join(' ');
  writeFileSync(join(PICTURES, `${name}.png`), await terminalPicture(browser, `npx vocero ${typed}`, written));
  say(`docs/pictures/${name}.png`);
}

try {
  mkdirSync(PICTURES, { recursive: true });
  await ready(product, `${url}/readyz`);
  const client = new Client(url);
  if (process.argv[2] !== 'many') {
    say('placing bookings');
    for (const [phone, more] of BOOKINGS) await client.outcomeOf(phone, more);
    const WIDE = { viewport: { width: 1280, height: 880 } };
    // A answers 503, so B takes over.
    const live = await client.book(...wish('Clínica Dental Sur', '+541143211034', 'dentista', 'Mauro'));
    const watching = await open(`/bookings/${live.id}`, WIDE);
    await watching.locator('.turn').nth(2).waitFor(SLOWLY);
    await picture(watching, 'console-live');
    await client.final(live.id, SLOWLY.timeout);
    const heard = await open(`/bookings/${live.id}`, { ...WIDE, colorScheme: 'dark', locale: 'es-AR' });
    await heard.locator('.player .wave > *').waitFor(SLOWLY);
    await heard.locator('.cite').first().click();
    await isPlaying(heard);
    await heard.locator('.turn[aria-current]').waitFor(SLOWLY);
    await picture(heard, 'console-outcome');
    const hedges = await client.outcomeOf(
      '+541143216083',
      wish('Kinesiología Sur', '+541143216083', 'sesión', 'Lucía', { language: 'en' })[1],
    );
    const doubted = await open(`/bookings/${hedges.id}`, WIDE);
    await doubted.locator('.player .wave > *').waitFor(SLOWLY);
    await doubted.locator('.cite').first().click();
    await isPlaying(doubted);
    await picture(doubted, 'console-review');
    await client.book(
      ...wish('Gimnasio Norte', '+541143211235', 'clase de prueba', 'Lucía', { not_before: `${tomorrow}T09:00` }),
    );
    await client.book(...wish('Óptica Belgrano', '+541143211094', 'control de vista', 'Mauro', ONLY_BRIDGE));
    const list = await open('/', { viewport: { width: 1280, height: 640 } });
    await list.locator('.row').filter({ hasText: 'Óptica' }).getByText('In progress').waitFor(SLOWLY);
    await picture(list, 'console-list');
    const phone = await open('/', { viewport: { width: 390, height: 720 }, isMobile: true, hasTouch: true });
    await phone.locator('.row').first().waitFor();
    await picture(phone, 'console-phone');
    const who = ['--business', 'Clínica Dental Sur', '--service', 'dentista', '--user', 'Mauro', '--date', 'mañana'];
    await capture('terminal-book', 'book', '--phone', '+541143216034', ...who);
    await capture('terminal-list', 'list');
    // The first run says field by field what it changes, over pages; the second changes nothing.
    await onVocero('provision');
    await capture('terminal-provision', 'provision');
    await capture('terminal-doctor', 'doctor');
  }
  say('placing batches and shortlists');
  await manyPictures({ client, open, picture });
} finally {
  await browser.close();
  product.signal('SIGTERM');
  await product.ended;
  rmSync(folder, { recursive: true, force: true });
}
