import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { BuildOptions } from 'esbuild';
import { cacheFolder } from '../../temporal/cache.ts';
import { dialingCountries } from './countries.ts';
import { formRules } from './form-rules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'console');
/** The console sends its requests with the client library. */
const CLIENT = join(ROOT, 'clients/typescript/src');
/** Modules of the domain that the page uses at run time; test/house/imports.test.ts keeps the list. */
const SHARED = [
  ...['batch/lifecycle.ts', 'batch/problems.ts', 'batch/statuses.ts'],
  ...['channels.ts', 'result.ts', 'review.ts', 'weekday.ts'],
];
const LIBRARIES = ['preact', 'wouter-preact', '@tanstack/preact-query', 'wavesurfer.js', 'esbuild'];

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Asset {
  type: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

/** The console as served to browsers. */
export interface ConsoleBundle {
  /** The only page. Its scripts and styles are among the assets. */
  page(nonce: string): string;
  /** By file name. */
  assets: Map<string, Asset>;
}

/** Without the bundles themselves, which another user may have made for nobody else to read. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return path === join(SOURCES, 'dist') ? [] : sourceFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** Hash of everything that the bundle consists of. */
function fingerprint(rules: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const hash = createHash('sha256')
    .update(rules)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of LIBRARIES) hash.update(`${name}@${devDependencies[name]}\0`);
  for (const path of [
    ...sourceFiles(SOURCES),
    ...sourceFiles(CLIENT),
    ...SHARED.map((name) => join(ROOT, 'domain', name)),
  ]) {
    hash.update(`${path.slice(ROOT.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Data for the page, by the module names that it imports. */
type Data = Record<string, unknown>;

function settings(folder: string, data: Data) {
  return {
    absWorkingDir: ROOT,
    entryPoints: { console: 'console/main.tsx', icon: 'console/icon.svg' },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    logLevel: 'silent',
    plugins: [
      {
        name: 'data',
        setup(given) {
          given.onResolve({ filter: /^vocero:/ }, ({ path }) => ({ path, namespace: 'vocero' }));
          given.onLoad({ filter: /./, namespace: 'vocero' }, ({ path }) => ({
            contents: JSON.stringify(data[path]),
            loader: 'json',
          }));
        },
      },
    ],
  } satisfies BuildOptions;
}

/** Bundles into a folder. Writes `manifest.json` last. */
async function bundleInto(folder: string, data: Data): Promise<void> {
  const { build, stop } = await import('esbuild');
  // esbuild's own process would stay alive next to ours.
  const { metafile } = await build(settings(folder, data)).finally(stop);
  const named = Object.entries(metafile.outputs).map(([path, output]) => ({ file: basename(path), output }));
  const entry = named.find(({ output }) => output.entryPoint === 'console/main.tsx');
  if (!entry?.output.cssBundle) throw new Error('the bundle has no entry');
  const manifest = {
    script: entry.file,
    style: basename(entry.output.cssBundle),
    icon: named.find(({ file }) => file.endsWith('.svg'))?.file,
    files: named.map(({ file }) => file),
  };
  for (const file of manifest.files) await compress(join(folder, file));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

async function compress(path: string): Promise<void> {
  const plain = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(plain, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(plain, { level: 9 }));
}

/**
 * Makes files readable whatever the umask is. A new temporary folder belongs to its creator alone, but another user serves the files of an
 * image.
 */
function letAllRead(folder: string): void {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  chmodSync(folder, 0o755);
}

/** Moves the folder into place in one step: when several processes build at once, each ends with a complete folder. */
async function make(dist: string, name: string, data: Data): Promise<void> {
  if (mkdirSync(dist, { recursive: true })) chmodSync(dist, 0o755);
  const draft = mkdtempSync(join(dist, '.making-'));
  try {
    await bundleInto(draft, data);
    letAllRead(draft);
    try {
      renameSync(draft, join(dist, name));
    } catch (error) {
      if (!existsSync(join(dist, name, 'manifest.json'))) throw error;
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  for (const other of readdirSync(dist)) {
    if (other !== name && !other.startsWith('.')) rmSync(join(dist, other), { recursive: true, force: true });
  }
}

function load(folder: string): ConsoleBundle {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string> & {
    files: string[];
  };
  const assets = new Map(
    manifest.files.map((file) => {
      const read = (suffix: string) => readFileSync(join(folder, file + suffix));
      return [file, { type: TYPES[extname(file)]!, plain: read(''), gzip: read('.gz'), br: read('.br') }];
    }),
  );
  const template = readFileSync(join(SOURCES, 'index.html'), 'utf8').replace(
    /\{\{(script|style|icon)\}\}/g,
    (_, part: string) => `/console/${manifest[part]}`,
  );
  return { page: (nonce) => template.replace('{{nonce}}', nonce), assets };
}

/** Where bundles are kept: beside the sources and, where those belong to another user, in the cache of this one. */
const places = (): string[] => [join(SOURCES, 'dist'), join(cacheFolder(process.env), 'console')];

/** Codes of a folder that this user cannot write to. */
const NOT_OURS = ['EACCES', 'EPERM', 'EROFS'];

/**
 * Opens the console, bundled anew when its sources have changed (a fifth of a second) and kept under `console/dist`, or in the cache where that
 * folder is not ours.
 * @throws Error when it must be bundled and cannot be, as without the development packages
 */
export async function openConsole(): Promise<ConsoleBundle> {
  const data = { 'vocero:form-rules': formRules(), 'vocero:countries': dialingCountries() };
  const name = fingerprint(JSON.stringify(data));
  const made = places().find((place) => existsSync(join(place, name, 'manifest.json')));
  return load(join(made ?? (await makeWhereAllowed(name, data)), name));
}

async function makeWhereAllowed(name: string, data: Data): Promise<string> {
  const [beside, cache] = places() as [string, string];
  try {
    await make(beside, name, data);
    return beside;
  } catch (error) {
    if (!NOT_OURS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await make(cache, name, data);
    return cache;
  }
}
