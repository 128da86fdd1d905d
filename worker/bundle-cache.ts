import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Builds that run at the same time, and branches that are edited in turn. Each entry has about 2 MB. */
const MAX_KEPT = 8;
/** No write takes an hour: an older draft was left by a process that died. */
const DRAFT_MS = 3_600_000;
const OTHERS_MAY_WRITE = 0o022;

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** True for our own files, or those of an image, which root creates: code that somebody else could have written is not executed. */
function trusted({ uid, mode }: { uid: number; mode: number }): boolean {
  const own = process.getuid?.();
  if (own === undefined) return true;
  return (uid === own || uid === 0) && (mode & OTHERS_MAY_WRITE) === 0;
}

/** An entry of the cache; undefined when there is no complete entry of ours. */
export function readEntry(folder: string, key: string): string | undefined {
  let file: number | undefined;
  try {
    if (!trusted(statSync(folder))) return undefined;
    file = openSync(join(folder, key), 'r');
    const stat = fstatSync(file);
    if (!stat.isFile() || !trusted(stat)) return undefined;
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const code = text.slice(end + 1);
    return text.slice(0, end) === digestOf(code) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Stores an entry: its digest, a line feed, the code. Writes it next to its place and moves it in one step, so that concurrent processes
 * each end with a complete entry. If the folder is not writable, nothing is stored.
 * @returns true if it was stored
 */
export function keepEntry(folder: string, key: string, code: string): boolean {
  const draft = join(folder, `.making-${key}-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return false;
  }
  try {
    writeFileSync(draft, `${digestOf(code)}\n${code}`, { flag: 'wx' });
    // Independent of the umask: another user reads the files of an image, and no other user may write them.
    chmodSync(folder, 0o755);
    chmodSync(draft, 0o644);
    renameSync(draft, join(folder, key));
  } catch {
    rmSync(draft, { force: true });
    return false;
  }
  tidy(folder, key);
  return true;
}

function tidy(folder: string, kept: string): void {
  const entries: { name: string; at: number }[] = [];
  for (const name of readdirSync(folder)) {
    // Another process may clean up at the same time.
    const at = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
    if (at !== undefined && name !== kept) entries.push({ name, at });
  }
  const [drafts, whole] = [entries.filter(isDraft), entries.filter((entry) => !isDraft(entry))];
  whole.sort((a, b) => b.at - a.at);
  const old = [...whole.slice(MAX_KEPT - 1), ...drafts.filter(({ at }) => at < Date.now() - DRAFT_MS)];
  for (const { name } of old) rmSync(join(folder, name), { force: true });
}

const isDraft = ({ name }: { name: string }): boolean => name.startsWith('.making-');
