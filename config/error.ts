/** A setting that prevents the start, with a remedy. */
export interface ConfigProblem {
  /** The environment variable, or several joined with ", ". */
  variable: string;
  /** The fault and its remedy, in one or two sentences. Never contains the value of a secret. */
  message: string;
}

/** Lists all wrong settings at once, before anything starts. The code that reports it adds the consequence: see `keeping`. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`${count(problems)} attention:\n${listOf(problems)}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }

  /** The text with its consequence, such as "Vocero cannot start". */
  keeping(what: string): string {
    const words = `${what}, ${count(this.problems)} attention:`;
    return `${words}\n${listOf(this.problems)}\nSettings come from the environment and from .env; .env.example explains each.`;
  }
}

const count = (problems: readonly ConfigProblem[]): string =>
  problems.length === 1 ? 'a setting needs' : `${problems.length} settings need`;

const listOf = (problems: readonly ConfigProblem[]): string =>
  problems.map(({ variable, message }) => `  ${variable}: ${message}`).join('\n');
