import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith, runPython } from '../python-environment.ts';
import { withInnerNames } from './name-inner.ts';
import { withPythonSchemas } from './python-schemas.ts';

const requirements = fileURLToPath(new URL('./tools/python-requirements.txt', import.meta.url));

/**
 * An interpreter with all that the Python client is made, built and tested with.
 * @throws Error with the reason when it cannot be had
 */
export const pythonTools = (say?: (line: string) => void): Promise<string> =>
  pythonWith({ name: 'client-tools', requirements }, say);

/**
 * Writes the types of a document to a Python file.
 * @throws Error without Python, or without the packages
 */
export async function generateModels(
  document: object,
  header: string,
  file: string,
  say: (line: string) => void,
): Promise<void> {
  const python = await pythonTools(say);
  const folder = mkdtempSync(join(tmpdir(), 'vocero-models-'));
  try {
    const input = join(folder, 'openapi.json');
    writeFileSync(input, JSON.stringify(withInnerNames(withPythonSchemas(document))));
    await runPython(python, [
      ...['-m', 'datamodel_code_generator', '--input', input, '--input-file-type', 'openapi', '--output', file],
      ...['--output-model-type', 'typing.TypedDict', '--target-python-version', '3.10'],
      ...['--enum-field-as-literal', 'all', '--use-union-operator', '--use-standard-collections'],
      ...['--openapi-scopes', 'schemas', '--custom-file-header', header, '--formatters', 'builtin'],
      ...['--use-title-as-name'],
      ...['--use-schema-description', '--use-field-description', '--encoding', 'utf-8'],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
