/**
 * SQLite on a separate thread: `node:sqlite` is synchronous, and a statement, an fsync or another process's lock that the main thread
 * waits for would be heard in every call. Plain JavaScript, because stripping types here too would cost 10 MB.
 * Takes `{ id, preceding, sql, parameters }`, does the preceding statements first, and answers `{ id, rows, changes, insertId }` or `{ id,
 * error }`, in the order in which it was asked.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const STATEMENTS_KEPT = 200;
const SQLITE_BUSY = 5;
/** Longest time that another process may hold the file's lock. */
const LOCK_WAIT_MS = 10_000;
const PAUSE_MS = 10;

/** By SQL text, least recently used first. */
const statements = new Map();
const database = open(workerData.path);
parentPort.on('message', answer);
parentPort.postMessage({ id: 0 });

function open(path) {
  const opened = new DatabaseSync(path, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
  // Changing to WAL needs exclusive access, for which SQLite does not wait.
  untilFree(() => opened.exec('pragma journal_mode = wal'));
  opened.exec('pragma synchronous = normal');
  // Overwrites deleted content: the file must not contain erased data.
  opened.exec('pragma secure_delete = on');
  return opened;
}

function answer({ id, preceding, sql, parameters, close }) {
  try {
    for (const earlier of preceding) run(earlier, []);
    if (close) {
      database.close();
      parentPort.postMessage({ id });
      parentPort.close();
      return;
    }
    parentPort.postMessage({ id, ...run(sql, parameters) });
  } catch (error) {
    const { message, code, errcode, errstr } = error;
    parentPort.postMessage({ id, error: { message, code, errcode, errstr } });
  }
}

function run(sql, parameters) {
  // After some errors (disk full) SQLite has rolled back already.
  if (sql === 'rollback' && !database.isTransaction) return { rows: [] };
  const { statement, returnsRows } = prepared(sql);
  if (returnsRows) return { rows: statement.all(...parameters) };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], changes, insertId: lastInsertRowid };
}

function prepared(sql) {
  let entry = statements.get(sql);
  if (entry) {
    statements.delete(sql);
  } else {
    const statement = database.prepare(sql);
    entry = { statement, returnsRows: statement.columns().length > 0 };
    const [oldest] = statements.keys();
    if (statements.size >= STATEMENTS_KEPT && oldest !== undefined) statements.delete(oldest);
  }
  statements.set(sql, entry);
  return entry;
}

/** Waits like SQLite itself, on this thread, which has no other work. */
function untilFree(work) {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      // Extended codes (busy while recovering, …) keep the primary code in their low byte.
      if ((error.errcode & 0xff) !== SQLITE_BUSY || performance.now() > giveUpAt) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}
