import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Kinds of a failed use of the database: no connection, a read, or a write (its commit included). */
export const FAILURES = ['connect', 'read', 'write'] as const;
export type FailureKind = (typeof FAILURES)[number];

/** A dialect whose failures are counted. They go on to the caller all the same. */
export function countingFailures(dialect: Dialect, failed: (kind: FailureKind) => void): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => countingDriver(dialect.createDriver(), failed),
  };
}

/** The driver's own connection for each that Kysely got from us. */
type Counted = DatabaseConnection & { readonly own: DatabaseConnection };

function countingDriver(driver: Driver, failed: (kind: FailureKind) => void): Driver {
  const counting = async <T>(kind: FailureKind, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failed(kind);
      throw error;
    }
  };
  const known = new WeakMap<DatabaseConnection, Counted>();
  const own = (connection: DatabaseConnection): DatabaseConnection => (connection as Counted).own;
  return {
    init: () => counting('connect', driver.init()),
    async acquireConnection(): Promise<Counted> {
      const connection = await counting('connect', driver.acquireConnection());
      const before = known.get(connection);
      if (before) return before;
      const counted: Counted = {
        own: connection,
        executeQuery: (query) => counting(kindOf(query.sql), connection.executeQuery(query)),
        streamQuery: (query, size) => connection.streamQuery(query, size),
      };
      known.set(connection, counted);
      return counted;
    },
    beginTransaction: (connection, settings) => counting('connect', driver.beginTransaction(own(connection), settings)),
    commitTransaction: (connection) => counting('write', driver.commitTransaction(own(connection))),
    rollbackTransaction: (connection) => driver.rollbackTransaction(own(connection)),
    releaseConnection: (connection) => driver.releaseConnection(own(connection)),
    destroy: () => driver.destroy(),
  };
}

const kindOf = (sql: string): FailureKind => (/^\s*(select|pragma)\b/i.test(sql) ? 'read' : 'write');
