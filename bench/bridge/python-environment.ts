import { fileURLToPath } from 'node:url';
import { pythonWith, runPython } from '../../scripts/python-environment.ts';

const requirements = fileURLToPath(new URL('./python-requirements.txt', import.meta.url));

/**
 * The interpreter of an environment with the relay's packages.
 * @throws Error with the reason when it cannot be made
 */
export const pythonWithPackages = (say: (line: string) => void): Promise<string> =>
  pythonWith({ name: 'bench-bridge', requirements }, say);

/** The versions of its parts, for the report. */
export async function pythonVersions(python: string): Promise<Record<string, string>> {
  const names = ['fastapi', 'uvicorn', 'uvloop', 'websockets'];
  const code = `import json, platform, importlib.metadata as m; print(json.dumps({"python": platform.python_version(), **{n: m.version(n) for n in ${JSON.stringify(names)}}}))`;
  return JSON.parse((await runPython(python, ['-c', code])).stdout) as Record<string, string>;
}
