import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPython } from '../python-environment.ts';
import { pythonTools } from './python-generator.ts';

const CLIENT = fileURLToPath(new URL('../../clients/python', import.meta.url));

/**
 * Builds the wheel of the Python client into a folder. Returns its path.
 * @throws Error without Python, or without the packages
 */
export async function buildPython(destination: string, say?: (line: string) => void): Promise<string> {
  const python = await pythonTools(say);
  mkdirSync(destination, { recursive: true });
  const { stdout, stderr } = await runPython(
    python,
    ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', destination],
    { cwd: CLIENT },
  );
  const [name] = /\S+\.whl/.exec(`${stdout}${stderr}`) ?? [];
  if (!name) throw new Error(`no wheel was built: ${stdout}${stderr}`);
  return join(destination, name.split('/').at(-1)!);
}
