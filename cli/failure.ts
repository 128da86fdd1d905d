/** The fields of a failure for a script, besides its message. */
export interface About {
  /** One of those in docs/cli.md. */
  code: string;
  /** The API's HTTP status. */
  status?: number;
  /** The RFC 9457 problem that came with it. */
  problem?: unknown;
  /** The booking that the command was about. */
  booking_id?: string;
  /** Given if a booking may have been accepted or not: the same command with this key finds it or places it. */
  idempotency_key?: string;
  /** The first hundred lines of a file that could not be read. */
  lines?: readonly { file: string; line: number; field: string; message: string }[];
}

/** A failure that a person can fix: printed without a stack, with its exit code. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: number;
  readonly about: About;

  constructor(message: string, exitCode: number, about: About) {
    super(message);
    this.exitCode = exitCode;
    this.about = about;
  }
}

/** Bad usage, the same code as commander's own errors. */
export const USAGE = 2;

export const badUsage = (message: string): CliFailure => new CliFailure(message, USAGE, { code: 'usage' });
