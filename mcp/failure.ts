import type { ProblemDocument } from '../domain/schemas/problem.ts';

/** A tool's refusal: the problem document that the API would give, or gave. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly problem: ProblemDocument;
  /** The next step, in words; undefined: the problem says it. */
  readonly next: string | undefined;

  constructor(problem: ProblemDocument, next?: string) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.next = next;
  }
}

const document = (kind: string, title: string, status: number, detail: string): ProblemDocument => ({
  type: `urn:vocero:problem:${kind}`,
  title,
  status,
  detail,
});

/** Arguments that the tool itself refuses. */
export const invalidArguments = (errors: NonNullable<ProblemDocument['errors']>): ToolFailure =>
  new ToolFailure({
    ...document(
      'invalid-fields',
      'Invalid fields',
      422,
      `Not accepted: ${errors.map(({ field }) => field).join(', ')}.`,
    ),
    errors,
  });

export const forbidden = (): ToolFailure =>
  new ToolFailure(document('forbidden', 'Forbidden', 403, 'Only operator keys may do this.'));

export const notFound = (detail: string): ToolFailure =>
  new ToolFailure(document('not-found', 'Not found', 404, detail));

/** The answer is lost, or late. `next`: how to find out. */
export const unanswered = (detail: string, next?: string): ToolFailure =>
  new ToolFailure(document('service-unavailable', 'Service unavailable', 503, detail), next);
