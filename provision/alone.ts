import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holdFile } from '../config/os-lock.ts';
import { ProvisionError } from './error.ts';

/**
 * Lets one run at a time work on a folder: two would create every agent twice. A killed run leaves no lock behind.
 * @returns releases the folder.
 * @throws ProvisionError while another run holds it.
 */
export function alone(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const release = holdFile(join(folder, 'running.lock'));
  if (!release)
    throw new ProvisionError(`Another provision runs on ${folder}. Wait until it ends, then run this again.`);
  return release;
}
