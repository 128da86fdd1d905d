/** What a script is told of a failure, besides its words. */
export interface About {
  /** Of those in docs/cli.md. */
  code: string;
  /** What the API answered. */
  status?: number;
  /** The RFC 9457 problem that came with it. */
  problem?: unknown;
  /** The booking that the command was about. */
  booking_id?: string;
  /** Of a booking that may have been accepted or not: the same command with it finds it or places it. */
  idempotency_key?: string;
  /** Of a file: the lines that could not be read, the first hundred of them. */
  lines?: readonly { file: string; line: number; field: string; message: string }[];
}

/** What a person can put right: said plainly, without the place in the code, with its exit code. */
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

/** Bad usage, as commander's own errors. */
export const USAGE = 2;

export const badUsage = (message: string): CliFailure => new CliFailure(message, USAGE, { code: 'usage' });
