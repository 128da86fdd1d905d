import { mkdirSync } from 'node:fs';
import { CleanUp } from '../clean-up.ts';
import { AgentEnd } from './agent-end.ts';
import { measure, type Place } from './measure.ts';
import { readOptions } from './options.ts';
import { type Round, reportOf } from './report.ts';
import { textOf } from './report-text.ts';
import { subjectsFor } from './subjects.ts';

const options = readOptions();
if (options.profile) mkdirSync(options.profile, { recursive: true });
const say = (line: string): void => console.error(`  ${line}`);

const cleanUp = new CleanUp('vocero-bench-bridge-', options.keepLogs);
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
  cleanUp.owe(() => agents.stop());
  const place: Place = {
    agentPort: agents.port,
    folder: cleanUp.folder,
    lost: lost.promise,
    fail: lost.reject,
    owed: (undo) => cleanUp.owe(undo),
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

try {
  await bench();
  await cleanUp.end(0);
} catch (error) {
  if (!cleanUp.ending) console.error((error as Error).message);
  await cleanUp.end(1);
}
