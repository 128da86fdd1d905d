import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { clientDocument } from '../../scripts/clients/generated.ts';
import { pythonTools } from '../../scripts/clients/python-generator.ts';
import { runPython } from '../../scripts/python-environment.ts';
import { type Surface, typescriptSurface } from './support/surface.ts';

const python = await pythonTools().catch((error: Error) => {
  console.warn(`the methods of the Python client are not looked at: ${error.message}`);
  return '';
});

async function pythonSurface(): Promise<Surface> {
  const { stdout } = await runPython(python, [resolve('test/clients/support/surface.py')], {
    env: { ...process.env, PYTHONPATH: resolve('clients/python/src'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(stdout);
}

/** Every operation under `/v1`, as a request for things that are all called x. */
async function described(): Promise<string[]> {
  const { paths } = (await clientDocument()).document as { paths: Record<string, object> };
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, 'x')}`),
    )
    .sort();
}

const requestsOf = (surface: Surface): string[] =>
  [...new Set(Object.values(surface).flatMap((part) => Object.values(part).flat()))].sort();

/** `list` of `bookings`, and so on, as a README's table has them. */
function inReadme(path: string): Record<string, string[]> {
  const rows = readFileSync(path, 'utf8').matchAll(/^\| `vocero(?:\.(\w+))?` \| ((?:`\w+` ?)+)\|$/gm);
  return Object.fromEntries(
    [...rows].map(([, part = '', names]) => [part, [...names!.matchAll(/\w+/g)].map(String).sort()]),
  );
}

const namesOf = (surface: Surface): Record<string, string[]> =>
  Object.fromEntries(Object.entries(surface).map(([part, methods]) => [part, Object.keys(methods).sort()]));

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

let typescript: Surface;
beforeAll(async () => {
  typescript = await typescriptSurface();
});

describe('the TypeScript client', () => {
  it('has a method for every operation of the API, and no other requests', async () => {
    expect(requestsOf(typescript)).toEqual(await described());
  });

  it('names every method in its README', () => {
    expect(inReadme('clients/typescript/README.md')).toEqual(namesOf(typescript));
  });
});

(python ? describe : describe.skip)('the Python client', () => {
  it('has the same methods, with the same requests', async () => {
    const expected = Object.entries(typescript).map(([part, methods]) => [
      snake(part),
      Object.fromEntries(Object.entries(methods).map(([name, requests]) => [snake(name), requests])),
    ]);
    const surface = await pythonSurface();
    expect(surface).toEqual(Object.fromEntries(expected));
    expect(inReadme('clients/python/README.md')).toEqual(namesOf(surface));
  });
});
