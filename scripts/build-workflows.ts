/**
 * `npm run build:workflows`: bundles the workflows into the cache (VOCERO_CACHE_DIR), as a worker does by itself when it starts and they
 * have changed. For images, whose workers may not be able to keep it. With and without encrypted payloads.
 */
import { FAILURE_CONVERTER } from '../temporal/data-converter.ts';
import { bundleWorkflows } from '../worker/bundle.ts';

for (const failureConverterPath of [undefined, FAILURE_CONVERTER]) {
  const { code } = await bundleWorkflows({ failureConverterPath });
  console.log(`workflows${failureConverterPath ? ', encrypted payloads' : ''}: ${code.length} characters`);
}
