/**
 * A separate program (worker/bundle.ts starts it): bundles the workflows and writes the bundle to standard output. Its argument is the
 * path of a failure converter, or nothing. The bundler's 80 MB end with it, instead of staying in the process that serves.
 */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** The pure core has no state of a booking, so all workflows of a worker share it. */
const SHARED = ['decide', 'describe', 'fold', 'render', 'state'];

const failureConverterPath = process.argv[2] || undefined;
const { code } = await bundleWorkflowCode({
  // webpack's errors go to standard error, which the parent shows.
  logger: new DefaultLogger('ERROR', ({ message }) => console.error(message)),
  failureConverterPath,
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  preloadModules: SHARED.map((name) => fileURLToPath(new URL(`../domain/${name}.ts`, import.meta.url))),
});
process.stdout.write(code);
