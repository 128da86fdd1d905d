/** The used part of a pino logger. */
export interface RecordsLog {
  warn(fields: object, message: string): void;
}
