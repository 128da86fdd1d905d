import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nextFreePort } from '../../temporal/free-port.ts';

const PROGRAM = fileURLToPath(new URL('../../processes/vocero.mjs', import.meta.url));

/** The product as `npm start` runs it, in the sandbox, on a folder and ports of its own. */
export interface Started {
  pid: number;
  url: string;
  /** From the start of the process until it said that it was ready. */
  seconds: number;
  stop(): Promise<void>;
}

export async function startProduct(folder: string, more: Record<string, string>): Promise<Started> {
  const ports = { PORT: 13_600, TEMPORAL_PORT: 17_600, TEMPORAL_UI_PORT: 18_600 };
  const free = await Promise.all(
    Object.entries(ports).map(async ([name, from]) => [name, String(await nextFreePort(from))] as const),
  );
  // Only what is named here: variables of a real account must not turn a bench into phone calls.
  const inherited = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'VOCERO_CACHE_DIR', 'TEMPORAL_CLI', 'NODE_OPTIONS'];
  const env = Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const child = spawn(process.execPath, [PROGRAM, 'start', '--json'], {
    cwd: folder,
    env: { ...env, ...Object.fromEntries(free), DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(join(folder, 'product.log'), { flags: 'a' }));
  const ended = once(child, 'exit');
  const ready = await Promise.race([firstReady(child), ended.then(() => undefined)]);
  if (!ready) throw new Error(`the product ended before it was ready; its output is in ${folder}`);
  return {
    pid: child.pid!,
    url: ready.url,
    seconds: ready.seconds,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Ready {
  type: string;
  url: string;
  seconds: number;
}

/** undefined: it ended before. */
function firstReady({ stdout }: ChildProcess): Promise<Ready | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdout! });
    lines.on('line', (line) => {
      const said = line.startsWith('{') ? (JSON.parse(line) as Ready) : undefined;
      if (said?.type === 'ready') resolve(said);
    });
    lines.once('close', () => resolve(undefined));
  });
}
