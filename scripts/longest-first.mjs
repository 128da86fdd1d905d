import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Runs the files that take longest first, so that no worker is left with a long one at the end. Jest's own sequencer does so too, but knows
 * files by their absolute paths: a fresh checkout would begin without any knowledge. Milliseconds by path, beside jest's cache.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const times = timesOf(tests);
    // A file that never ran may take long; of several, jest's own order: the largest first.
    const time = (test) => times[nameOf(test)] ?? Number.MAX_SAFE_INTEGER;
    return super.sort([...tests]).sort((a, b) => time(b) - time(a));
  }

  cacheResults(tests, results) {
    super.cacheResults(tests, results);
    const names = new Map(tests.map((test) => [test.path, nameOf(test)]));
    const times = timesOf(tests);
    for (const { testFilePath, skipped, perfStats } of results.testResults)
      if (!skipped && names.has(testFilePath)) times[names.get(testFilePath)] = perfStats.runtime;
    const file = fileOf(tests);
    if (file) writeFileSync(file, JSON.stringify(times));
  }
}

const nameOf = ({ path, context }) => relative(context.config.rootDir, path);

function fileOf([test]) {
  if (!test) return undefined;
  const { cacheDirectory } = test.context.config;
  mkdirSync(cacheDirectory, { recursive: true });
  return join(cacheDirectory, 'test-times.json');
}

function timesOf(tests) {
  try {
    return JSON.parse(readFileSync(fileOf(tests), 'utf8'));
  } catch {
    return {};
  }
}
