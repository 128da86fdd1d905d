import type { CallApi } from './api-port.ts';
import type { Marks } from './untrusted/marks.ts';

/** The side effects of a tool, for clients that ask their user before some of them. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** One call of a tool. */
export interface ToolCall {
  api: CallApi;
  /** Whether the client's key is an operator's. */
  isOperator: () => Promise<boolean>;
  /** Marks for the untrusted words of this answer. */
  marks: Marks;
  /** Aborted when the client is gone or cancels the call. */
  signal: AbortSignal;
  /** Notifies the client of a long call's progress, if it asked for that. Both in seconds. */
  progress: (passed: number, total: number, message: string) => Promise<void>;
}

export interface ToolAnswer {
  /** As the API shows it; untrusted members by their names. */
  structured: Record<string, unknown>;
  /** The same in words. */
  words: string;
}

export interface Tool {
  name: string;
  title: string;
  /** Says what the call does to the world, how long it takes, and what to call next. */
  description: string;
  hints: ToolHints;
  /** JSON Schemas, made when they are needed. */
  input: () => Record<string, unknown>;
  output: () => Record<string, unknown>;
  operatorsOnly?: true;
  /** @throws ToolFailure */
  run: (args: Record<string, unknown>, call: ToolCall) => Promise<ToolAnswer>;
}

const hints = (
  readOnlyHint: boolean,
  destructiveHint: boolean,
  idempotentHint: boolean,
  openWorldHint: boolean,
): ToolHints => ({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint });

export const READS = hints(true, false, true, false);
/** Rings phones of others. With the same key it does so once, but a client may call without one: so it must not repeat by itself. */
export const RINGS = hints(false, false, false, true);
/** Ends something that cannot be taken up again. */
export const ENDS = hints(false, true, true, true);
/** Decides or enters something that stays. */
export const WRITES = hints(false, true, true, false);
