/**
 * `npm run mutate`: changes the pure house in thousands of small ways, and says which of them no test of `test/domain` notices. Hours for
 * all of it, minutes for a file: `npm run mutate -- --mutate domain/decide.ts`. Results are kept in the cache folder, so a second run
 * looks only at what has changed. `npm run mutate:sample` estimates the whole.
 */
import { join } from 'node:path';
import { cacheFolder } from './temporal/cache.ts';

const folder = join(cacheFolder(process.env), 'mutation');

export default {
  mutate: [
    'domain/**/*.ts',
    // Words, weights and shapes: tables that are checked against talks and requests as a whole.
    '!domain/schemas/**',
    '!domain/talk/cues-*.ts',
    '!domain/talk/impression-weights.ts',
    '!domain/talk/when/names-*.ts',
  ],
  testRunner: 'loaded-once',
  plugins: ['./scripts/mutate/runner.ts'],
  coverageAnalysis: 'perTest',
  // A table at the top of a module is read once, by all tests: each of its mutants would take a run of them all.
  ignoreStatic: true,
  // TypeScript 7 has no interface that a checker could use, or a reader of tsconfig.json; the types are stripped.
  timeoutMS: 2000,
  checkers: [],
  disableTypeChecks: false,
  ignorePatterns: ['tsconfig.json', '/bench', '/console', '/deploy', '/docs', '/test/histories', '.data'],
  concurrency: 2,
  incremental: true,
  incrementalFile: join(folder, 'incremental.json'),
  tempDirName: join(folder, 'work'),
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  jsonReporter: { fileName: join(folder, 'report.json') },
  htmlReporter: { fileName: join(folder, 'report.html') },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
};
