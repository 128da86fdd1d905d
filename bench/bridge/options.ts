import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What can be measured; the last one only when it is named. */
export const NAMES = [
  'bridge',
  'bridge-norecord',
  'bridge-frameBatching',
  'python',
  'python-uvloop',
  'tcp',
  'bridge-auto',
] as const;
export type Name = (typeof NAMES)[number];

const HELP = `What the media bridge costs, beside a plain Python relay and a bare TCP pipe, in the same run.

  npm run bench:bridge -- [--calls N] [--seconds S] [--rounds R] [--processes P] [--subjects a,b,c] [--json]

  --calls      phone calls at one time (100)
  --seconds    how long each subject is measured per round, after its warm-up (20)
  --rounds     all subjects are measured in turn this many times (3)
  --processes  above 1: the bridge also as this many processes that share the calls (1)
  --subjects   only these: ${NAMES.join(', ')}
               bridge sends each frame at once, bridge-frameBatching two together; bridge-auto, not measured unless it is
               named, chooses by its load, which is what the product does when nobody tells it otherwise;
               python is what "pip install fastapi uvicorn websockets" gives, the baseline of the aims;
               python-uvloop has uvicorn's faster event loop
  --profile    folder for a CPU profile of each Node.js subject; profiling costs time, so its figures do not count
  --json       the report as JSON
  --keep-logs  leave the folder with the subjects' output
`;

export interface Options {
  calls: number;
  seconds: number;
  rounds: number;
  processes: number;
  subjects: readonly Name[];
  profile: string | undefined;
  json: boolean;
  keepLogs: boolean;
}

/** What is asked for on the command line; ends the process where that is help, or cannot be read. */
export function readOptions(): Options {
  const refuse = (problem: string): never => {
    console.error(`${problem}\n\n${HELP}`);
    process.exit(2);
  };
  const { values } = read(refuse);
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const count = (name: 'calls' | 'seconds' | 'rounds' | 'processes', most: number): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0 && value <= most) return value;
    return refuse(`--${name} is "${values[name]}"; give a whole number from 1 to ${most}`);
  };
  const calls = count('calls', 5000);
  const processes = count('processes', 64);
  if (processes > calls) refuse('--processes is greater than --calls');
  const named = values.subjects?.split(',').map((name) => name.trim());
  const unknown = named?.find((name) => !NAMES.includes(name as Name));
  if (unknown !== undefined) refuse(`there is no subject "${unknown}"; there are ${NAMES.join(', ')}`);
  const subjects = NAMES.filter((name) => (named ? named.includes(name) : name !== 'bridge-auto'));
  return {
    calls,
    processes,
    seconds: count('seconds', 3600),
    rounds: count('rounds', 1000),
    subjects,
    profile: values.profile && resolve(values.profile),
    json: values.json,
    keepLogs: values['keep-logs'],
  };
}

function read(refuse: (problem: string) => never) {
  try {
    return parseArgs({
      options: {
        calls: { type: 'string', default: '100' },
        seconds: { type: 'string', default: '20' },
        rounds: { type: 'string', default: '3' },
        processes: { type: 'string', default: '1' },
        subjects: { type: 'string' },
        profile: { type: 'string' },
        json: { type: 'boolean', default: false },
        'keep-logs': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}
