/**
 * `npm test`: types, lint, then the tests. Arguments go to jest: `npm test -- test/config -t 'a name'` runs these tests only.
 * Ends with a plain line `N passed, N failed`; exit code 1 when anything failed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { cacheFolder } from '../temporal/cache.ts';
import { findTemporalCli } from '../temporal/find-cli.ts';
import { findTestServer } from '../temporal/find-test-server.ts';
import { findBrowser } from '../test/support/find-browser.ts';
import { type SharedBrowser, shareBrowser } from '../test/support/share-browser.ts';
import { shareTestServers } from '../test/support/time-skipping-servers/share.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { measureLoad } from './measure-load.ts';

interface Count {
  passed: number;
  failed: number;
}

/** By what a whole run takes of the processors, time limits are longer. */
const OWN_LOAD = 1.5;
/** Each may take a gigabyte, and a running system besides. */
const MOST_WORKERS = 8;

const only = process.argv.slice(2);
const failed: string[] = [];
const REPORT = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

const say = (line: string) => console.log(`[test] ${line}`);

/** Runs one of the packages' programs. `content`: it found nothing wrong; `printed`: what it said, unless it could say it itself. */
function tool(
  name: string,
  args: string[],
  { env = process.env, aloud = false }: { env?: NodeJS.ProcessEnv; aloud?: boolean } = {},
): Promise<{ content: boolean; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions(name), join('node_modules', ...PROGRAMS[name]!), ...args], {
      stdio: aloud ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env,
    });
    let printed = '';
    for (const output of [child.stdout, child.stderr])
      output?.on('data', (text: Buffer) => (printed += text.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ content: code === 0, printed }));
  });
}

const PROGRAMS: Record<string, string[]> = {
  tsc: ['typescript', 'bin', 'tsc'],
  biome: ['@biomejs', 'biome', 'bin', 'biome'],
  jest: ['jest', 'bin', 'jest.js'],
};

/** jest loads ES modules through an interface of Node's that is still marked experimental. */
const nodeOptions = (name: string): string[] =>
  name === 'jest' ? ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'] : [];

/** What it finds is said in one piece: tests run, and print, beside it. */
async function check(title: string, name: string, args: string[]): Promise<Count> {
  const { content, printed } = await tool(name, args);
  say(`${title}: ${content ? 'nothing wrong' : `\n${printed}`}`);
  if (!content) failed.push(title);
  return content ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Has tsc look again only at what has changed since, and at what depends on that; for each checkout by itself. */
function remembering(what: string): string[] {
  const checkout = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12);
  return ['--incremental', '--tsBuildInfoFile', join(cacheFolder(process.env), 'types', `${checkout}-${what}.json`)];
}

/** One after the other, so that they take one core of the first tests' two. */
async function checks(): Promise<Count> {
  const total = { passed: 0, failed: 0 };
  for (const [title, name, ...args] of [
    ['types', 'tsc', '--noEmit', '-p', '.', ...remembering('product')],
    ['types of the console', 'tsc', '--noEmit', '-p', 'console', ...remembering('console')],
    ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ] as const)
    add(total, await attempt(() => check(title, name, args)));
  return total;
}

function add(total: Count, { passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
}

/** Its tests say themselves that they were skipped; why, is said here. */
async function browser(): Promise<{ path: string; shared?: SharedBrowser | undefined }> {
  const wanted = only.length === 0 || only.some((argument) => /console|clients/.test(argument));
  if (!wanted) return { path: process.env.CONSOLE_BROWSER ?? '' };
  try {
    const path = await findBrowser({ env: process.env, progress: say });
    return { path, shared: await shareBrowser(path).catch(eachItsOwn) };
  } catch (error) {
    say(`the tests in a browser are skipped. ${(error as Error).message}`);
    return { path: '' };
  }
}

function eachItsOwn(error: Error): undefined {
  say(`could not share a browser, each test file starts its own: ${error.message}`);
}

async function tests(): Promise<Count> {
  const progress = (line: string) => say(line);
  // Once here, with progress, rather than in every test file, where jest would hold the lines back.
  const others = await measureLoad();
  if (others > 1) say(`other work leaves 1/${others} of the processors: time limits are ${others} times as long`);
  // The long files mostly wait: two workers for each core keep it busy, and the sandbox still hears what is said to it (with three, words
  // were lost). Beside other work fewer: systems that start at once on a part of a core are late for each other's limits.
  const idle = Math.min(MOST_WORKERS, 2 * availableParallelism());
  const workers = Number(process.env.TEST_WORKERS) || Math.max(3, Math.round(idle / others));
  // A whole run is a load for itself.
  const own = only.length > 0 ? 1 : OWN_LOAD;
  // In halves, so that a limit in whole milliseconds times the factor is a whole number again: timers want one.
  const load = Math.ceil(2 * others * own) / 2;
  const testServer = await findTestServer({ env: process.env, progress });
  const testServers = await shareTestServers(testServer, { env: process.env, progress });
  const { path: browserPath, shared: sharedBrowser } = await browser();
  // Once, or each of the first systems would do so at the same time. What is wrong with the workflows, their tests say.
  if (only.length === 0) await bundleWorkflows().catch(() => undefined);
  const env = {
    ...process.env,
    TEMPORAL_CLI: await findTemporalCli({ env: process.env, progress }),
    TEMPORAL_TEST_SERVER: testServer,
    TEST_LOAD_FACTOR: String(load),
    TEST_SERVERS_PORT: String(testServers?.port ?? ''),
    CONSOLE_BROWSER: browserPath,
    CONSOLE_BROWSER_SHARED: sharedBrowser?.endpoint ?? '',
    // Tests start the product's processes by the hundred.
    NODE_COMPILE_CACHE: join(cacheFolder(process.env), 'compiled'),
  };
  say('tests');
  const folder = mkdtempSync(join(tmpdir(), 'vocero-test-'));
  const report = join(folder, 'report.json');
  try {
    const cache = join(cacheFolder(process.env), 'jest');
    // Of one file. On a busy machine talks that are held at once would stutter.
    const atOnce = Math.max(1, Math.round(9 / load));
    const how = [`--maxWorkers=${workers}`, `--maxConcurrency=${atOnce}`, `--cacheDirectory=${cache}`];
    await tool('jest', [...how, '--json', `--outputFile=${report}`, ...only], { env, aloud: true });
    const found = REPORT.parse(JSON.parse(readFileSync(report, 'utf8')));
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = found;
    failed.push(...found.testResults.flatMap(failuresOf));
    if (numPendingTests > 0 && !only.includes('-t')) say(`${numPendingTests} tests were skipped`);
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } finally {
    testServers?.stop();
    await sharedBrowser?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Failed tests of a file, by name and with their messages; a file that could not be run at all, with its message. */
function failuresOf({
  name,
  status,
  message,
  assertionResults,
}: z.infer<typeof REPORT>['testResults'][number]): string[] {
  const file = relative(process.cwd(), name);
  const tests = assertionResults
    .filter((one) => one.status === 'failed')
    .flatMap((one) => [`${file}: ${one.fullName}`, ...firstLines(one.failureMessages?.join('\n') ?? '')]);
  return status === 'failed' && tests.length === 0 ? [file, ...firstLines(message)] : tests;
}

/**
 * Indented, without colours. Enough for the values that were compared, and the line of the test, which is the first of the stack; short,
 * since of a long output only the end may be kept, and another test may have failed, too.
 */
function firstLines(message: string): string[] {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  const said = stack === -1 ? lines : lines.slice(0, stack);
  const at = stack === -1 ? [] : lines.slice(stack, stack + 2);
  return [...said.slice(0, 14), ...at].map((line) => `    ${line.slice(0, 240)}`);
}

async function attempt(step: () => Promise<Count>): Promise<Count> {
  try {
    return await step();
  } catch (error) {
    console.error((error as Error).message);
    return { passed: 0, failed: 1 };
  }
}

const total = { passed: 0, failed: 0 };
// What was wished for by name is wanted at once, and without the rest.
const steps = only.length > 0 ? [tests] : [checks, tests];
for (const count of await Promise.all(steps.map(attempt))) add(total, count);
// Once more at the end: whoever reads only that, of a long output, sees which.
for (const name of failed) say(`failed: ${name}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
