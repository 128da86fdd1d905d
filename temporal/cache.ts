import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { isExecutable } from './executable.ts';

/** Folder for programs that were fetched or built. It lies outside the work tree, so that a fresh clone finds them. */
export function cacheFolder(env: Environment): string {
  return env.VOCERO_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vocero');
}

/** A program's place in the cache: one folder per version and platform. */
export interface CachePlace {
  cache: string;
  /** Folder name, such as `temporal-v1.5.1-linux-x64`. */
  name: string;
  /** The executable, below the folder. */
  executable: string;
}

export const platformName = `${process.platform}-${process.arch}`;

export function cached(place: CachePlace): string | undefined {
  const path = join(place.cache, place.name, place.executable);
  return isExecutable(path) ? path : undefined;
}

/**
 * Lets `make` fill a new folder and moves it into place in one step: an interrupted attempt leaves nothing that looks complete, and when
 * several processes run at once each ends with a complete folder.
 */
export async function makeInCache(place: CachePlace, make: (folder: string) => Promise<void>): Promise<string> {
  const draft = draftFolder(place);
  try {
    await make(draft);
    if (!isExecutable(join(draft, place.executable))) throw new Error(`${place.executable} is missing in it`);
    return cached(place) ?? moveIn(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function draftFolder(place: CachePlace): string {
  try {
    mkdirSync(place.cache, { recursive: true });
    return mkdtempSync(join(place.cache, `.making-${place.name}-`));
  } catch (error) {
    throw new Error(`the cache cannot be written (${(error as Error).message}); VOCERO_CACHE_DIR names another folder`);
  }
}

function moveIn(draft: string, place: CachePlace): string {
  const folder = join(place.cache, place.name);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // The place is taken meanwhile, by another process or by an incomplete folder.
    const winner = cached(place);
    if (winner) return winner;
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  }
  return join(folder, place.executable);
}
