/** Node.js' codes for an unreachable server or a broken connection. */
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
/**
 * PostgreSQL: connection exceptions, read-only (a standby), a transaction that was idle for too long, disk full, too many connections, a
 * statement that took too long, shutting down or starting. postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES = /^(08...|25006|25P03|53100|53300|57014|57P0[123])$/;
/** Messages of pg that have no code. */
const PG_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
/** SQLite: busy, locked, read-only, input or output failed, disk full, cannot open. sqlite.org/rescode.html */
const SQLITE = [5, 6, 8, 10, 13, 14];
/** Errors of SQLite's thread: it ended, or does not answer. */
const THREAD = ['ERR_SQLITE_THREAD', 'ERR_SQLITE_SILENT'];

const SQLITE_FULL = 13;
const POSTGRES_FULL = '53100';

interface Thrown {
  code?: unknown;
  errcode?: unknown;
  message?: unknown;
  errors?: unknown;
}

/** True for errors of a database that is unreachable or out of order for now: the same operation may work later. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode, message, errors } = error as Thrown;
  if (typeof errcode === 'number') return SQLITE.includes(errcode & 0xff);
  if (typeof code === 'string') return NETWORK.includes(code) || THREAD.includes(code) || POSTGRES.test(code);
  // A host with several addresses fails with one error for each.
  if (Array.isArray(errors)) return errors.some(isDatabaseAway);
  return typeof message === 'string' && PG_WORDS.test(message);
}

/** True for the error of a database whose disk is full. */
export function isDatabaseFull(error: unknown): boolean {
  const { code, errcode } = Object(error) as Thrown;
  return (typeof errcode === 'number' && (errcode & 0xff) === SQLITE_FULL) || code === POSTGRES_FULL;
}
