import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The epoch of a database, kept outside of it: a restore of the database does not take it back. */
export interface Witness {
  /** The highest epoch that any of the files has of this database; 0: none has one. */
  epochOf(id: string): number;
  /** Stores the epoch in each file that can be written. */
  keep(id: string, epoch: number): void;
}

/** @param fileOf paths of the files, by the id of the database */
export function witnessIn(fileOf: (id: string) => readonly string[]): Witness {
  return {
    epochOf: (id) => Math.max(0, ...fileOf(id).map((path) => read(path, id))),
    keep(id, epoch) {
      for (const path of fileOf(id)) if (epoch > read(path, id)) write(path, JSON.stringify({ id, epoch }));
    },
  };
}

function read(path: string, id: string): number {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as { id?: unknown; epoch?: unknown };
    return kept.id === id && typeof kept.epoch === 'number' ? kept.epoch : 0;
  } catch {
    return 0;
  }
}

/** Several processes write the same file: each writes a draft and moves it. A folder that cannot be written keeps nothing. */
function write(path: string, text: string): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    // Without this witness the others remain.
  }
}
