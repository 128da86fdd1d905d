import { randomBytes } from 'node:crypto';
import { createReadStream, realpathSync } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Artifacts } from './interface.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * Opens the folder `dir`, which the first write creates; its files are readable by this user only. A path is relative, with `/`, and must
 * not leave `dir` by `..` or a symbolic link.
 * @throws ArtifactPathError for such a path, before anything is touched; Node's error with the code `ENOENT` for reading a missing file
 */
export function openArtifacts(dir: string): Artifacts {
  const root = resolve(dir);

  const forWriting = async (path: string): Promise<string> => {
    const file = join(root, checked(path));
    // Check that the existing folders are inside before creating others.
    await mkdir(root, { recursive: true, mode: FOLDER_MODE });
    const known = await realpath(root);
    if (!isInside(known, await nearestRealFolder(dirname(file)))) throw new ArtifactPathError(path);
    await mkdir(dirname(file), { recursive: true, mode: FOLDER_MODE });
    return file;
  };

  const forReading = async (path: string): Promise<string> => {
    const real = await realpath(join(root, checked(path)));
    if (!isInside(await realpath(root), real)) throw new ArtifactPathError(path);
    return real;
  };

  return {
    async put(path, content) {
      const file = await forWriting(path);
      const unfinished = `${file}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        await writeFile(unfinished, content, { mode: FILE_MODE, flag: 'wx' });
        await rename(unfinished, file);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },

    /** Replaces the file. It can be read back and written at any position, so that a header may be written at the end. */
    async create(path) {
      const file = await forWriting(path);
      // A link in the file's place is replaced, not followed.
      await rm(file, { force: true });
      return open(file, 'wx+', FILE_MODE);
    },

    async extend(path) {
      const file = await open(await forReading(path), 'r+');
      const { size, mtimeMs } = await file.stat();
      return { file, bytes: size, written_ms: mtimeMs };
    },

    async read(path) {
      return readFile(await forReading(path));
    },

    async size(path) {
      return (await stat(await forReading(path))).size;
    },

    async remove(path) {
      let real: string;
      try {
        // Removes a link itself, not its target: only the folder around it must be inside.
        const at = join(root, checked(path));
        real = join(await realpath(dirname(at)), basename(at));
        if (!isInside(await realpath(root), real)) throw new ArtifactPathError(path);
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      await rm(real, { recursive: true, force: true });
    },

    async list(folder) {
      try {
        const real = await forReading(folder);
        const names = await readdir(real);
        const found = names.map(async (name) => ({
          name,
          // A file that disappears meanwhile counts as missing.
          changed_ms: await lstat(join(real, name)).then(
            ({ mtimeMs }) => mtimeMs,
            (): undefined => undefined,
          ),
        }));
        return (await Promise.all(found)).flatMap(({ name, changed_ms }) =>
          changed_ms === undefined ? [] : [{ name, changed_ms }],
        );
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },

    async space() {
      const { bavail, bsize } = await statfs(await nearestRealFolder(root));
      return bavail * bsize;
    },

    /** `start` and `end` count bytes from 0, both inclusive. For a missing file the stream emits `error`. */
    stream(path, range) {
      const file = join(root, checked(path));
      if (leadsOut(root, file)) throw new ArtifactPathError(path);
      return createReadStream(file, range);
    },
  };
}

export class ArtifactPathError extends Error {
  override readonly name = 'ArtifactPathError';

  constructor(path: unknown) {
    super(
      `an artifact's path must be relative and stay in the artifact folder, unlike ${JSON.stringify(path)?.slice(0, 120)}`,
    );
  }
}

function checked(path: string): string {
  const valid = typeof path === 'string' && path !== '' && !isAbsolute(path) && !/[\\\0]/.test(path);
  if (!valid || path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new ArtifactPathError(path);
  }
  return path;
}

const isInside = (root: string, real: string): boolean => real === root || real.startsWith(root + sep);

/** Real path of the folder, or of its nearest existing parent. */
async function nearestRealFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return nearestRealFolder(dirname(folder));
  }
}

function leadsOut(root: string, file: string): boolean {
  try {
    return !isInside(realpathSync(root), realpathSync(file));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => (Object(error) as { code?: unknown }).code === 'ENOENT';
