import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holdFile } from '../config/os-lock.ts';
import { ProvisionError } from './error.ts';

/**
 * Makes sure that one run at a time sets up what this folder remembers: two would make every agent twice. One that was killed
 * is in nobody's way.
 * @returns gives it free again.
 * @throws ProvisionError while another one runs.
 */
export function alone(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const release = holdFile(join(folder, 'running.lock'));
  if (!release) throw new ProvisionError(`Another provision runs on ${folder}. Wait for its end, and run it again.`);
  return release;
}
