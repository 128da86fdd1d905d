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

/** Builds that run beside each other and branches that are worked on in turn; each entry has some 2 MB. */
const MAX_KEPT = 8;
/** Nothing takes an hour to write: what is that old was left by a process that died. */
const DRAFT_MS = 3_600_000;
const OTHERS_MAY_WRITE = 0o022;

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Our own, or an image's, which root makes; a program that somebody else could have written is not run. */
function trusted({ uid, mode }: { uid: number; mode: number }): boolean {
  const own = process.getuid?.();
  if (own === undefined) return true;
  return (uid === own || uid === 0) && (mode & OTHERS_MAY_WRITE) === 0;
}

/** An entry of the cache; undefined when there is none that is whole and ours. */
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
 * Keeps an entry: its digest, a line feed, the code. Written beside its place and moved there in one step, so that of several
 * processes at once each ends with a whole one. Where the folder cannot be written nothing is kept.
 * @returns whether it is kept.
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
    // Whatever the umask: an image's is read by another user than the one who made it, and no other user may write it.
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
    // Another process may tidy at the same time.
    const at = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
    if (at !== undefined && name !== kept) entries.push({ name, at });
  }
  const [drafts, whole] = [entries.filter(isDraft), entries.filter((entry) => !isDraft(entry))];
  whole.sort((a, b) => b.at - a.at);
  const old = [...whole.slice(MAX_KEPT - 1), ...drafts.filter(({ at }) => at < Date.now() - DRAFT_MS)];
  for (const { name } of old) rmSync(join(folder, name), { force: true });
}

const isDraft = ({ name }: { name: string }): boolean => name.startsWith('.making-');
