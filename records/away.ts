/** What Node.js says of a server that cannot be reached, or of a connection that broke. */
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
/** PostgreSQL: connection exceptions, too many connections, shutting down or starting. postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES = /^(08...|53300|57P0[123])$/;
/** pg's own words, which have no code. */
const PG_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
/** SQLite: busy, locked, input or output failed, disk full, cannot open. sqlite.org/rescode.html */
const SQLITE = [5, 6, 10, 13, 14];

interface Thrown {
  code?: unknown;
  errcode?: unknown;
  message?: unknown;
  errors?: unknown;
}

/** Whether an error says that the database is out of reach or out of order for now, so that the same may work later. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode, message, errors } = error as Thrown;
  if (typeof errcode === 'number') return SQLITE.includes(errcode & 0xff);
  if (typeof code === 'string') return NETWORK.includes(code) || POSTGRES.test(code);
  // A host with several addresses fails with one error for each.
  if (Array.isArray(errors)) return errors.some(isDatabaseAway);
  return typeof message === 'string' && PG_WORDS.test(message);
}
