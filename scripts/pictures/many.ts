import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Client, ONCE_NATIVE, type Wish } from '../../test/e2e/support/client.ts';
import { until } from '../../test/support/until.ts';

const SLOWLY = { timeout: 240_000 };
const WIDE = { viewport: { width: 1280, height: 880 } };
const SPANISH = { ...WIDE, locale: 'es-AR' };
const DARK = { colorScheme: 'dark' } as const;

/** As a Spanish Excel saves it: Windows-1252, semicolons. */
const TABLE = Buffer.from(
  [
    'key;Teléfono;business_name;user_name;preferred_date;metadata.importe',
    'p-101;+54 11 4321 1234;Clínica Dental Sur;Lucía Gómez;01/12/2026;1.250,50',
    'p-102;5,41143E+11;Peluquería Ñandú;Tomás Ruiz;02/12/2026;980,00',
    'p-103;(011) 4321-1236;Óptica Belgrano;Julia Paz;02/12/2026;1.100,00',
    'p-104;+54 9 11 4321-1237;Estudio Pérez;;03/12/2026;760,25',
    'p-105;+54 11 4321 1238;Kinesiología Alberdi;Ana Pérez;03/12/2026;1.430,00',
    '',
  ].join('\r\n'),
  'latin1',
);

const row = (n: number, name: string, number: string, person: string): object => ({
  key: `p-${n}`,
  business: { name, phone: number },
  request: { user_name: person },
});
const ROWS = [
  row(101, 'Clínica Dental Sur', '+541143211234', 'Lucía Gómez'),
  row(102, 'Peluquería Ñandú', '+541143211291', 'Tomás Ruiz'),
  row(103, 'Óptica Belgrano', '+541143211236', 'Julia Paz'),
  row(104, 'Estudio Pérez', '+541143211283', 'Ana Pérez'),
  row(105, 'Kinesiología Alberdi', '+541143211238', 'Nicolás Vidal'),
  row(106, 'Veterinaria Palermo', '+541143211292', 'Olga Núñez'),
  row(107, 'Taller Mecánico Rivas', '+541143211240', 'Julia Rivas'),
  row(108, 'Estudio Contable Vidal', '11 4321', 'Andrés Vidal'),
];

const dentists = (base: string) => [
  { business: { name: 'Dental Uno', phone: `+5411432${base}91` } },
  { business: { name: 'Dental Dos', phone: `+5411432${base}01` } },
  { business: { name: 'Dental Tres', phone: `+5411432${base}02` } },
];

interface Studio {
  client: Client;
  open: (path: string, options: BrowserContextOptions) => Promise<Page>;
  picture: (page: Page, name: string) => Promise<void>;
}

async function batchOf(client: Client, name: string, more: Wish = {}): Promise<string> {
  const { body } = await client.send('POST', '/v1/batches', {
    name,
    rows: ROWS,
    on_invalid: 'skip',
    max_concurrent: 2,
    defaults: {
      language: 'es',
      request: { service_type: 'recordatorio de turno' },
      escalation: { ...ONCE_NATIVE, simulation: { enabled: false } },
    },
    ...more,
  });
  return String(body.id);
}

const rowsOf = (page: Page) => page.locator('.batch-rows tbody tr');

/** The pages of batches and shortlists. */
export async function manyPictures({ client, open, picture }: Studio): Promise<void> {
  const check = await open('/batches/new', SPANISH);
  await check.getByLabel('Servicio').fill('dentista');
  await check.locator('.drop input').setInputFiles({ name: 'turnos.csv', mimeType: 'text/csv', buffer: TABLE });
  const problems = check.locator('.check-result:not([aria-busy=true]) .problems tbody tr');
  await until(async () => (await problems.count()) === 3, SLOWLY.timeout, 'three problems');
  await check.locator('.table-file').evaluate((file) => file.scrollIntoView());
  await picture(check, 'console-batch-check');

  const november = await batchOf(client, 'Recordatorios de noviembre');
  const running = await open(`/batches/${november}`, WIDE);
  await until(async () => (await running.getByText(/^[3-9] of 8 rows/).count()) === 1, SLOWLY.timeout, 'three rows');
  await picture(running, 'console-batch');
  await batchOf(client, 'Recordatorios de diciembre', { start: 'held', max_concurrent: 3 });
  const ended = await open(`/batches/${november}`, { ...SPANISH, ...DARK });
  await ended.locator('.page-head .status').getByText('Completado').waitFor(SLOWLY);
  await rowsOf(ended).nth(7).waitFor();
  await picture(ended, 'console-batch-report');
  const phone = await open(`/batches/${november}`, { viewport: { width: 390, height: 720 }, isMobile: true });
  await rowsOf(phone).nth(7).waitFor();
  await picture(phone, 'console-batch-phone');
  const list = await open('/batches', { viewport: { width: 1280, height: 480 } });
  await list.locator('.row').nth(1).waitFor();
  await picture(list, 'console-batches');

  const form = await open('/shortlists/new', WIDE);
  for (const [n, { business }] of dentists('100').entries()) {
    if (n > 0) await form.getByRole('button', { name: 'Add a business' }).click();
    const candidate = form.getByRole('group', { name: `Candidates ${n + 1}` });
    await candidate.getByLabel('Name').fill(business.name);
    await candidate.getByLabel('Phone').fill(business.phone);
  }
  await form.getByLabel('Service').fill('dentista');
  await form.getByLabel('In the name of').fill('Mauro');
  await form.locator('h1').click();
  await picture(form, 'console-shortlist-form');
  const { body } = await client.send('POST', '/v1/shortlists', {
    candidates: dentists('200'),
    request: { service_type: 'dentista', user_name: 'Mauro', preferred_time: 'por la tarde' },
    language: 'es',
  });
  const asking = await open(`/shortlists/${body.id}`, WIDE);
  await asking.locator('.candidate').nth(1).getByText('Being asked').waitFor(SLOWLY);
  await picture(asking, 'console-shortlist');
  const found = await open(`/shortlists/${body.id}`, { ...SPANISH, ...DARK });
  await found.locator('.page-head .status').getByText('Completada').waitFor(SLOWLY);
  await picture(found, 'console-shortlist-ended');
}
