import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The epoch of a database, kept outside of it: a restore of the database does not take it back. */
export interface Witness {
  /** The highest epoch that any of the files has of this database; 0: none has one. */
  epochOf(id: string): number;
  /** Stores the epoch in each file that can be written. */
  keep(id: string, epoch: number): void;
}

/** Epochs by the id of their database: a copy of a database has its own id from its first start on. */
type Epochs = Record<string, number>;

/** @param files paths of the files */
export const witnessIn = (files: readonly string[]): Witness => ({
  epochOf: (id) => Math.max(0, ...files.map((path) => read(path)[id] ?? 0)),
  keep(id, epoch) {
    for (const path of files) {
      const epochs = read(path);
      if (epoch > (epochs[id] ?? 0)) write(path, JSON.stringify({ ...epochs, [id]: epoch }));
    }
  },
});

function read(path: string): Epochs {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Object.fromEntries(
      Object.entries(Object(kept)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  } catch {
    return {};
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
