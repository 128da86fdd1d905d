import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Environment } from '../config/environment.ts';
import type { Progress } from './sources.ts';

interface ToolRun {
  command: string;
  args: readonly string[];
  env: Environment;
  folder?: string;
  /** Milliseconds after which the tool is ended. */
  limit?: number;
  /** Called for every line that the tool prints. */
  onLine?: (line: string) => void;
}

/**
 * Runs a tool to its end and returns its output. The tool ends with this process.
 * @throws Error with its last lines when it cannot be started, fails or takes too long
 */
export async function runTool(run: ToolRun): Promise<string> {
  const { command, args, env, folder, limit } = run;
  const child = spawn(command, args, { cwd: folder, env, timeout: limit, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill();
  process.once('exit', end);
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    run.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', keep);
  try {
    await ended(child, lines);
  } finally {
    process.removeListener('exit', end);
  }
  return lines.join('\n');
}

function ended(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(error.code === 'ENOENT' ? `${child.spawnfile} is not installed` : error.message));
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${child.spawnfile} ended with ${signal ?? code}: ${lines.slice(-5).join(' | ') || 'no output'}`),
        );
    });
  });
}

/** Reports every ten seconds that work is still in progress. Returns a function that stops it. */
export function keepTelling(progress: Progress, what: () => string): () => void {
  const began = Date.now();
  const timer = setInterval(() => progress(`${what()} (${Math.round((Date.now() - began) / 1000)} s)`), 10_000);
  timer.unref();
  return () => clearInterval(timer);
}
