/** What of a pino logger is used here. */
export interface RecordsLog {
  warn(fields: object, message: string): void;
}
