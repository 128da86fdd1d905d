/** One setting that keeps the system from starting, and what to do about it. */
export interface ConfigProblem {
  /** The environment variable, or several joined with ", ". */
  variable: string;
  /** What is wrong and how to put it right, as one or two sentences. Never holds the value of a secret. */
  message: string;
}

/** Thrown before anything begins; it lists every problem at once. Whoever reports it knows what it kept from beginning: `keeping`. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`${count(problems)} attention:\n${listOf(problems)}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }

  /** The same with what cannot be done because of it: "Vocero cannot start". */
  keeping(what: string): string {
    const words = `${what}, ${count(this.problems)} attention:`;
    return `${words}\n${listOf(this.problems)}\nSettings come from the environment and from .env; .env.example explains each.`;
  }
}

const count = (problems: readonly ConfigProblem[]): string =>
  problems.length === 1 ? 'a setting needs' : `${problems.length} settings need`;

const listOf = (problems: readonly ConfigProblem[]): string =>
  problems.map(({ variable, message }) => `  ${variable}: ${message}`).join('\n');
