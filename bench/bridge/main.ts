import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentEnd } from './agent-end.ts';
import { measure, type Place } from './measure.ts';
import { readOptions } from './options.ts';
import { type Round, reportOf } from './report.ts';
import { textOf } from './report-text.ts';
import { subjectsFor } from './subjects.ts';

const options = readOptions();
if (options.profile) mkdirSync(options.profile, { recursive: true });
const say = (line: string): void => console.error(`  ${line}`);

const folder = mkdtempSync(join(tmpdir(), 'vocero-bench-bridge-'));
const cleanUp = new Set<() => Promise<unknown>>();
const lost = Promise.withResolvers<never>();
lost.promise.catch(() => {});

async function bench(): Promise<void> {
  const leftOut: Record<string, string> = {};
  const { subjects, versions } = await subjectsFor(options, say, (name, why) => {
    leftOut[name] = why;
    say(`${name} is left out: ${why}`);
  });
  if (subjects.length === 0) throw new Error('nothing is left to be measured');
  const agents = await AgentEnd.start(lost.reject);
  cleanUp.add(() => agents.stop());
  const place: Place = {
    agentPort: agents.port,
    folder,
    lost: lost.promise,
    fail: lost.reject,
    owed(undo) {
      cleanUp.add(undo);
      return () => cleanUp.delete(undo);
    },
  };
  const load = { calls: options.calls, seconds: options.seconds };
  const rounds: Round[] = [];
  for (let n = 1; n <= options.rounds; n++) {
    // In the order of the subjects, whoever is measured first.
    const round: Round = Object.fromEntries(subjects.map(({ name }) => [name, undefined as never]));
    // Who goes first changes, so that a machine that grows slower favours nobody.
    for (const subject of n % 2 === 1 ? subjects : subjects.toReversed()) {
      say(`round ${n} of ${options.rounds}: ${subject.name}`);
      round[subject.name] = await measure(subject, load, place);
    }
    rounds.push(round);
  }
  const report = reportOf(rounds, { versions, leftOut, load, processes: options.processes });
  console.log(options.json ? JSON.stringify({ ...report, rounds }, null, 2) : textOf(report));
}

let ending: Promise<void> | undefined;

/** Stops what was started; the subjects' output stays when something went wrong. */
function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const undo of cleanUp) await undo().catch((error: unknown) => console.error(error));
    if (code === 1 || options.keepLogs) say(`logs: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  })();
  return ending;
}

/** 128 + SIGINT, as a shell would say it. */
const INTERRUPTED = 130;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(INTERRUPTED));

try {
  await bench();
  await end(0);
} catch (error) {
  // What is cut off by an interruption fails; that is no news.
  if (!ending) console.error((error as Error).message);
  await end(1);
}
