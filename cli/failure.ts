/** What a person can put right: said plainly, without the place in the code, with its exit code. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Bad usage, as commander's own errors. */
export const USAGE = 2;
