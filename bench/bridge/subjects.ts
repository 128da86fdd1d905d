import { execArgv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Command } from './measured-process.ts';
import type { Name, Options } from './options.ts';
import { pythonVersions, pythonWithPackages } from './python-environment.ts';

export interface Subject {
  name: string;
  /** Processes that share the calls. */
  processes: number;
  command(setup: { agentPort: number; calls: number; folder: string }): Command;
}

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What is to be measured; `leaveOut` is told what cannot be, and why. */
export async function subjectsFor(
  options: Options,
  say: (line: string) => void,
  leaveOut: (name: string, why: string) => void,
): Promise<{ subjects: Subject[]; versions: Record<string, string> }> {
  const profile = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
  const node = (file: string, env: Record<string, string>): Command => ({
    program: execPath,
    args: [...execArgv, ...profile, beside(file)],
    env,
  });
  const bridge = (name: string, settings: Record<string, string>, processes = 1): Subject => ({
    name,
    processes,
    command: ({ agentPort, calls, folder }) =>
      node('./bridge-process.ts', {
        AGENT_PORT: String(agentPort),
        CALLS: String(calls),
        FOLDER: folder,
        ECONOMY: 'off',
        RECORDING: 'on',
        ...settings,
      }),
  });

  const subjects: Subject[] = [];
  const versions: Record<string, string> = { node: process.versions.node };
  const python = async (name: string, loop: 'asyncio' | 'uvloop'): Promise<void> => {
    try {
      const program = await pythonWithPackages(say);
      Object.assign(versions, await pythonVersions(program));
      const args = [beside('./python_relay.py')];
      const command = ({ agentPort }: { agentPort: number }): Command => ({
        program,
        args,
        env: { AGENT_PORT: String(agentPort), LOOP: loop },
      });
      subjects.push({ name, processes: 1, command });
    } catch (error) {
      leaveOut(name, (error as Error).message);
    }
  };
  const makers: Record<Name, () => Promise<void> | void> = {
    bridge() {
      subjects.push(bridge('bridge', {}));
      if (options.processes > 1) subjects.push(bridge(`bridge ×${options.processes}`, {}, options.processes));
    },
    'bridge-norecord'() {
      subjects.push(bridge('bridge-norecord', { RECORDING: 'off' }));
    },
    'bridge-frameBatching'() {
      subjects.push(bridge('bridge-frameBatching', { ECONOMY: 'on' }));
    },
    'bridge-auto'() {
      subjects.push(bridge('bridge-auto', { ECONOMY: 'auto' }));
    },
    python: () => python('python', 'asyncio'),
    'python-uvloop': () => python('python-uvloop', 'uvloop'),
    tcp() {
      const command = ({ agentPort }: { agentPort: number }): Command =>
        node('./tcp-process.ts', { AGENT_PORT: String(agentPort) });
      subjects.push({ name: 'tcp', processes: 1, command });
    },
  };
  for (const name of options.subjects) await makers[name]();
  return { subjects, versions };
}
