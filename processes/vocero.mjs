#!/usr/bin/env node
/**
 * vocero COMMAND: runs the product under a Node.js that can (24 or newer). Plain JavaScript, so that an older one can read it
 * and hand over to the one in node_modules.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
/**
 * glibc keeps a heap for each thread and gives little back, V8 a young generation as for a server with much memory: both take what an idle
 * Vocero does not need, and both are only heard when a process begins. What is set already is left as it is.
 */
const FLAG = '--max-semi-space-size=8';
const frugal = () => ({ MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', ...process.env });
const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (!existsSync(packages)) {
  fail('not_set_up', 'Vocero is not set up yet: npm start does it, and runs it.');
} else if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  if (process.argv[2] === 'start') beginFrugally();
  await keepCompiled();
  const { run } = await import('../cli/main.ts');
  await run(process.argv.slice(2), async (flags) => (await import('./start.ts')).run(flags));
} else if (existsSync(own)) {
  handOver();
} else {
  fail(
    'old_node',
    `Vocero runs on Node.js ${NEEDED} or newer, this is ${process.versions.node}. \`npm start\` brings the right one.`,
  );
}

/** As cli/report.ts does, which cannot be loaded here. */
function fail(code, message) {
  console.error(message);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code, message } }));
  process.exitCode = 1;
}

/** Half of what a command computes before it begins is compiling the same modules: Node.js keeps that from run to run. */
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module');
  const { cacheFolder } = await import('../temporal/cache.ts');
  // Without a folder that can be written it does without.
  enableCompileCache(join(cacheFolder(process.env), 'compiled'));
}

/** Begins this process anew, where the system can; it keeps its number, its parent and its terminal. */
function beginFrugally() {
  if (process.platform !== 'linux' || process.execArgv.includes(FLAG) || typeof process.execve !== 'function') return;
  process.execve(process.execPath, [process.execPath, FLAG, ...process.execArgv, ...process.argv.slice(1)], frugal());
}

/** Signals of the terminal reach both of us; those sent to this process alone are passed on. */
function handOver() {
  const child = spawn(own, [FLAG, ...process.argv.slice(1)], { stdio: 'inherit', env: frugal() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}
