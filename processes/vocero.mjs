#!/usr/bin/env node
/**
 * vocero COMMAND: runs the product on Node.js 24 or newer. It is plain JavaScript, so that an older Node.js can read it
 * and start the one in node_modules.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
/**
 * glibc keeps a heap for each thread and returns little of it; V8 sizes its young generation for a server with much memory. An idle Vocero
 * needs less. Both settings work only when a process begins. Variables that are already set stay as they are.
 */
const FLAG = '--max-semi-space-size=8';
const frugal = () => ({ MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', ...process.env });
const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (!existsSync(packages)) {
  fail('not_set_up', 'Vocero is not set up yet. Run npm start: it sets Vocero up and starts it.');
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
    `Vocero needs Node.js ${NEEDED} or newer; this is ${process.versions.node}. \`npm start\` installs the right one.`,
  );
}

/** Does the same as cli/report.ts, which cannot be loaded here. */
function fail(code, message) {
  console.error(message);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code, message } }));
  process.exitCode = 1;
}

/** Half of a command's start-up time is compiling the same modules: Node.js keeps the result between runs. */
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module');
  const { cacheFolder } = await import('../temporal/cache.ts');
  // Without a writable folder Node.js works without the cache.
  enableCompileCache(join(cacheFolder(process.env), 'compiled'));
}

/** Restarts this process where the system supports it; it keeps its id, its parent and its terminal. */
function beginFrugally() {
  if (process.platform !== 'linux' || process.execArgv.includes(FLAG) || typeof process.execve !== 'function') return;
  process.execve(process.execPath, [process.execPath, FLAG, ...process.execArgv, ...process.argv.slice(1)], frugal());
}

/** Signals of the terminal reach both processes; those sent to this one alone are passed on. */
function handOver() {
  const child = spawn(own, [FLAG, ...process.argv.slice(1)], { stdio: 'inherit', env: frugal() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}
