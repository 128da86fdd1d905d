import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';
import { axeViolations, browserPages, inBrowser, overhang } from './support/browser.ts';
import { dropFile } from './support/drop-file.ts';
import { KEYS, signIn } from './support/operator.ts';

const LONG = 180_000;
const SLOWLY = { timeout: 90_000 };

const AS_OPERATOR = { authorization: `Bearer ${KEYS.OPERATOR_KEYS}` };
const HEAD = 'key;Teléfono;business_name;user_name;preferred_date;metadata.importe';
/** As a Spanish Excel saves it: Windows-1252, semicolons, its own dates and decimal commas, a number that it turned into a float. */
const saved = (...lines: string[]): Buffer => Buffer.from(`${[HEAD, ...lines].join('\r\n')}\r\n`, 'latin1');
const day = (days: number): string => {
  const [year, month, date] = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
};
/** Numbers as people write them. */
const GOOD = [
  `p-1;+54 (11) 4322-0301;Clínica Ñandú;José;${day(7)};1.250,50`,
  `p-2;0054 11 4322 0302;Óptica Güemes;Lucía;${day(7)};980,00`,
  `p-3;(011) 4322-0303;Estudio Pérez;Tomás;${day(8)};0,75`,
  `p-4;11 4322.0304;Taller Rivas;Julia;${day(9)};1.100,00`,
];
const BAD = [
  GOOD[0]!,
  `p-2;5,41143E+11;Óptica Güemes;Lucía;${day(7)};980,00`,
  `p-3;(011) 4322-0303;Estudio Pérez;Tomás;${day(8)};0,75`,
];

inBrowser('an operator with a table', () => {
  const system = runSystem({ env: KEYS });
  const open = browserPages();

  it(
    'drops it, sees its three problems, corrects it, starts, pauses and resumes it, and opens the report',
    async () => {
      const page = await open();
      await signIn(page, system.url);
      await page.getByRole('link', { name: 'Batches' }).click();
      await page.getByRole('link', { name: 'Import the first table' }).click();
      await page.getByLabel('Service').fill('dentista');
      await dropFile(
        page,
        '.drop',
        'turnos.csv',
        saved(...BAD, `p-4;+54 11 4322 0304;Taller Rivas;;${day(9)};1.100,00`),
      );

      const problems = page.locator('.problems tbody tr');
      await until(async () => (await problems.count()) === 3, 30_000, 'three problems');
      const told = await problems.evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent!)),
      );
      expect(told.map(([line, column]) => [line, column])).toEqual([
        ['3', 'Teléfono'],
        ['4', 'Teléfono'],
        ['5', 'user_name'],
      ]);
      expect(told[0]![2]).toMatch(/turned into 5,41143E\+11 by a spreadsheet, and digits are lost/);
      expect(told[1]![2]).toMatch(/no country code/);
      expect(told[2]![2]).toMatch(/is missing/);
      expect(await page.locator('.figures').textContent()).toBe(
        'Rows4Valid1Invalid3Duplicates0Encodingwindows-1252Delimitersemicolon',
      );
      const go = page.getByRole('button', { name: 'Start batch' });
      expect(await go.isDisabled()).toBe(true);
      expect(await axeViolations(page)).toEqual([]);
      expect((await system.client.send('GET', '/v1/batches', undefined, AS_OPERATOR)).body).toMatchObject({
        data: [],
      });

      // A setting mends one of the problems; the file is mended for the others.
      await page.getByLabel('Country of numbers without +').selectOption('AR');
      await until(async () => (await problems.count()) === 2, 30_000, 'two problems');
      for (const n of [1, 2, 3, 4]) system.sandbox.scenario({ number: `+54114322030${n}`, talk_ms: 2_000 });
      await dropFile(page, '.drop', 'turnos.csv', saved(...GOOD));
      await page.getByText('4 rows will be booked.').waitFor();
      await page.getByLabel('Name of the batch').fill('Recordatorios');
      await page.getByLabel('Calls at once').fill('1');
      await until(async () => !(await go.isDisabled()), 30_000, 'the check');
      await go.click();

      await page.getByRole('heading', { name: 'Recordatorios', level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('nobody else is called').waitFor();
      expect(await page.locator('.batch-rows tbody tr').count()).toBe(4);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByText('4 of 4 rows are final').waitFor(SLOWLY);
      await page.locator('.page-head .status').getByText('Completed').waitFor(SLOWLY);
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('searchbox', { name: 'Search' }).fill('Óptica');
      await until(async () => (await page.locator('.batch-rows tbody tr').count()) === 1, 20_000, 'one row');
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'CSV with semicolons (Spanish Excel)' }).click();
      const path = join(system.folder, 'report.csv');
      await (await download).saveAs(path);
      const report = readFileSync(path, 'utf8').split('\r\n');
      expect(report[0]!.charCodeAt(0)).toBe(0xfeff);
      expect(report.filter((line) => line.includes(';completed;confirmed;'))).toHaveLength(4);
      for (const n of [1, 2, 3, 4]) expect(system.sandbox.log(`+54114322030${n}`).calls).toHaveLength(1);

      // A further file, dropped onto the completed batch: its problems first.
      await page.getByRole('searchbox', { name: 'Search' }).fill('');
      await page.getByText('Add rows').click();
      const fifth = 'p-5;011 4322-0305;Café Ñuñoa;Olga;mañana;12,30';
      await dropFile(page, '.add-rows .drop', 'más.csv', saved(GOOD[0]!, fifth, 'p-6;11 4322-0306;Café Sur;;;'));
      const add = page.getByRole('button', { name: 'Add these rows' });
      await page.locator('.add-rows .problems').getByText('is missing: give it in the row').waitFor();
      expect([await problems.count(), await add.isDisabled()]).toEqual([1, true]);
      expect(await axeViolations(page)).toEqual([]);
      system.sandbox.scenario({ number: '+541143220305', talk_ms: 1_000 });
      await dropFile(page, '.add-rows .drop', 'más.csv', saved(GOOD[0]!, fifth));
      await page.getByText('1 row will be added.').waitFor();
      await until(async () => !(await add.isDisabled()), 30_000, 'the check of the new rows');
      await add.click();
      await page.getByText('5 of 5 rows are final').waitFor(SLOWLY);
      await page.locator('.page-head .status').getByText('Completed').waitFor(SLOWLY);
      for (const n of [1, 5]) expect(system.sandbox.log(`+54114322030${n}`).calls).toHaveLength(1);

      await page.getByText('5 of 5 rows are final').waitFor();
      await page.getByRole('searchbox', { name: 'Search' }).fill('Óptica');
      await until(async () => (await page.locator('.batch-rows tbody tr').count()) === 1, 20_000, 'one row');
      await page.getByRole('link', { name: 'Booking', exact: true }).click();
      await page.getByRole('heading', { name: 'Óptica Güemes', level: 1 }).waitFor();
      await page.getByRole('link', { name: 'p-2' }).click();
      await page.getByRole('heading', { name: 'Recordatorios', level: 1 }).waitFor();
    },
    LONG,
  );

  it(
    'holds a batch, and cancels it only after being asked once more; on a phone, in Spanish',
    async () => {
      const page = await open({ viewport: { width: 320, height: 700 }, locale: 'es-AR' });
      await page.goto(`${system.url}/batches/new`);
      await page.getByLabel('Clave de operador').fill(KEYS.OPERATOR_KEYS);
      await page.getByRole('button', { name: 'Ingresar' }).click();
      await page.getByLabel('Servicio').fill('dentista');
      await page.getByLabel('Empezar', { exact: true }).selectOption('held');
      await dropFile(page, '.drop', 'turnos.csv', saved(...BAD));
      await page.getByText('la planilla lo convirtió en 5,41143E+11').waitFor();
      expect(await overhang(page)).toBe(0);
      await page.getByLabel('Las filas inválidas').selectOption('skip');
      await page.getByText('Se dejan afuera 2 filas.').waitFor();
      const go = page.getByRole('button', { name: 'Crear el lote, retenido' });
      await until(async () => !(await go.isDisabled()), 30_000, 'the check');
      await go.click();
      await page.getByRole('button', { name: 'Empezar el lote' }).waitFor();
      expect(await overhang(page)).toBe(0);
      await page.getByRole('button', { name: 'Cancelar el lote' }).click();
      await page.getByRole('button', { name: 'Cancelar; que terminen' }).click();
      await page.locator('.page-head .status').getByText('Cancelado').waitFor(SLOWLY);
      const shown = await page.locator('.batch-rows').textContent();
      expect(shown).toMatch(/Inválida.*Teléfono: la planilla lo convirtió en 5,41143E\+11 y se perdieron dígitos/);
      expect(shown).toMatch(/Cancelada.*El lote se canceló antes de su turno/);
      expect(await page.locator('.batch-rows [lang=en]').count()).toBe(0);
      expect(await overhang(page)).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
    },
    LONG,
  );
});
