import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type Logger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** The pure core keeps nothing of one booking, so all workflows of a worker share it instead of loading it anew. */
const SHARED = ['decide', 'describe', 'fold', 'render', 'state'];

/** The workflows as one script for Temporal's sandbox. Takes a second or two; start it early. */
export function bundleWorkflows(
  options: { logger?: Logger; failureConverterPath?: string | undefined } = {},
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    ...options,
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    preloadModules: SHARED.map((name) => fileURLToPath(new URL(`../domain/${name}.ts`, import.meta.url))),
  });
}
