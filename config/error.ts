/** One setting that keeps the system from starting, and what to do about it. */
export interface ConfigProblem {
  /** The environment variable, or several joined with ", ". */
  variable: string;
  /** What is wrong and how to put it right, as one or two sentences. Never holds the value of a secret. */
  message: string;
}

/** Thrown before anything starts; its message lists every problem at once. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const list = problems.map((problem) => `  ${problem.variable}: ${problem.message}`).join('\n');
    const count = problems.length === 1 ? 'a setting needs' : `${problems.length} settings need`;
    super(
      `Vocero cannot start, ${count} attention:\n${list}\nSettings come from the environment and from .env; .env.example explains each.`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
