import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLIENT = join(ROOT, 'clients/typescript');

/** One module with everything, for Node.js and browsers. */
async function bundle(folder: string): Promise<void> {
  const { build, stop } = await import('esbuild');
  // esbuild's own process would stay alive next to ours.
  await build({
    entryPoints: [join(CLIENT, 'src/index.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'silent',
  }).finally(stop);
}

/** Their imports name `.js` files, as those of any package: of `.ts` files, not every compiler finds the declarations. */
async function declarations(folder: string): Promise<void> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', CLIENT, '--outDir', folder]).catch((error: { stdout: string }) => {
    throw new Error(`the client has wrong types:\n${error.stdout}`);
  });
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.d.ts')) continue;
    const path = join(folder, entry);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/((?:from|import\() ?'\.[^']*)\.ts'/g, "$1.js'"));
  }
}

/** Builds `@vocero/client` and packs it into a folder. Returns the path of the package. */
export async function buildTypescript(destination: string): Promise<string> {
  const draft = mkdtempSync(join(tmpdir(), 'vocero-client-'));
  try {
    for (const file of ['package.json', 'README.md', 'LICENSE']) cpSync(join(CLIENT, file), join(draft, file));
    await Promise.all([bundle(join(draft, 'dist')), declarations(join(draft, 'dist'))]);
    mkdirSync(destination, { recursive: true });
    const options = ['--json', '--ignore-scripts', '--pack-destination', destination];
    const { stdout } = await run('npm', ['pack', ...options], { cwd: draft });
    const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
    return join(destination, packed!.filename);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
