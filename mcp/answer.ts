import type { CallToolResult } from '@modelcontextprotocol/server';
import type { ProblemDocument } from '../domain/schemas/problem.ts';
import type { ToolFailure } from './failure.ts';
import type { ToolAnswer } from './tool.ts';
import { lines } from './words/common.ts';

/** A tool's answer, in both forms: clients show one or the other to their model. */
export const success = ({ structured, words }: ToolAnswer): CallToolResult => ({
  structuredContent: structured,
  content: [{ type: 'text', text: words }],
});

/** Problems of a list that are told in words. All are in the structured answer. */
const TOLD = 50;

function problemWords({ title, status, detail, errors = [], problems = [] }: ProblemDocument): string {
  return lines(
    `${title} (${status}): ${detail ?? 'no detail'}`,
    errors.map(({ field, message }) => `- ${field} ${message}`),
    problems.slice(0, TOLD).map(({ row, field, message }) => `- row ${row}: ${field} ${message}`),
    status === 429 && 'Try again in some seconds.',
    status === 401 && 'Tell the user to configure a key that this Vocero knows.',
  );
}

/** A failed call: the problem document, and the same in words. */
export const failure = ({ problem, next }: ToolFailure): CallToolResult => ({
  isError: true,
  structuredContent: { ...problem, ...(next !== undefined && { next_step: next }) },
  content: [{ type: 'text', text: lines(problemWords(problem), next) }],
});
