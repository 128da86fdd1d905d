import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from '@jest/globals';
import { pythonWith, runPython } from '../../scripts/python-environment.ts';
import { runSystem } from '../e2e/support/system.ts';
import { LOAD_FACTOR } from '../support/load.ts';

const requirements = fileURLToPath(new URL('./schemathesis-requirements.txt', import.meta.url));
const python = await pythonWith({ name: 'schemathesis', requirements }).catch((error: Error) => {
  console.warn(`Schemathesis is skipped: ${error.message}`);
  return '';
});
const LIMIT_MS = 300_000 * LOAD_FACTOR;

/** The same requests in each run, and no search for the smallest one that fails: that would take most of the time. */
const BOUNDED = ['--generation-deterministic', '--max-examples', '2', '--no-shrink', '--phases', 'coverage,fuzzing'];
/**
 * A schema cannot say everything that a field has to be (a number that exists, a day that comes), so a body that fits its schema may be
 * refused. A stream of a booking lasts as long as the booking.
 */
const LEFT_OUT = ['--exclude-checks', 'positive_data_acceptance', '--exclude-path-regex', '/events$'];
/** A request that waits would wait for a booking of another request. A check answers 200 and says what is wrong. */
const SETTINGS = `[parameters]
"query.wait_seconds" = 0
[[operations]]
include-path-regex = "/check$"
checks.negative_data_rejection.enabled = false
`;

(python ? describe : describe.skip)('Schemathesis', () => {
  const system = runSystem({ env: { API_KEYS: 'a-key', OPERATOR_KEYS: 'an-operator' } });

  it(
    'finds nothing that the API’s description does not say',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'vocero-schemathesis-'));
      try {
        writeFileSync(join(folder, 'schemathesis.toml'), SETTINGS);
        const run = ['-m', 'schemathesis.cli', 'run', `${system.url}/openapi.json`, '--url', system.url, '--no-color'];
        const how = [...BOUNDED, ...LEFT_OUT, '--continue-on-failure', '--request-timeout', '30'];
        await runPython(python, [...run, ...how, '--header', 'Authorization: Bearer an-operator'], {
          cwd: folder,
          timeout: LIMIT_MS,
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    LIMIT_MS,
  );
});
