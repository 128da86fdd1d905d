import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../../config/environment.ts';
import type { Progress } from '../../../temporal/sources.ts';

const PROGRAM = fileURLToPath(new URL('./Servers.java', import.meta.url));
/** Characters of what Java complained of. */
const TAIL = 1_000;

export interface SharedServers {
  /** Where `borrow.ts` asks for a server. */
  readonly port: number;
  stop(): void;
}

/**
 * Lends time-skipping servers, all of one Java process, which starts with the first that is asked for. `path`: the launcher of
 * `findTestServer`. Undefined where that is not the Java program: the official download serves one port for each process.
 *
 * A borrower connects, says the port that it wants served, and hears `opened` or `failed`; closing the connection gives the
 * server back.
 */
export async function shareTestServers(
  path: string,
  { env, progress }: { env: Environment; progress: Progress },
): Promise<SharedServers | undefined> {
  const jars = join(dirname(path), 'lib');
  if (!existsSync(jars)) return undefined;
  let java: JavaServers | undefined;
  const server = createServer((borrower) => {
    java ??= new JavaServers(jars, env, progress);
    java.lend(borrower);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      java?.stop();
    },
  };
}

class JavaServers {
  private readonly process: ChildProcess;
  private readonly waiting = new Map<string, Socket>();
  private printed = '';
  private wanted = true;
  private ended = false;

  constructor(jars: string, env: Environment, progress: Progress) {
    const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
    // Compiled at every start (a second), so that nothing has to be built before.
    const args = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), PROGRAM];
    this.process = spawn(java, args, { stdio: 'pipe' });
    const ended = (why: string): void => {
      if (this.wanted && !this.ended)
        progress(`could not share time-skipping servers, each test starts its own: ${why}`);
      this.end();
    };
    this.process.once('error', (error) => ended(error.message));
    this.process.once('close', () => ended(this.printed));
    this.process.stderr!.on('data', (text: Buffer) => {
      this.printed = (this.printed + text.toString()).slice(-TAIL);
    });
    this.process.stdin!.on('error', () => undefined);
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const [how, port] = line.split(' ');
      this.waiting.get(port!)?.write(`${how}\n`);
      this.waiting.delete(port!);
    });
  }

  lend(borrower: Socket): void {
    borrower.on('error', () => undefined);
    createInterface({ input: borrower }).once('line', (port) => {
      borrower.once('close', () => this.order(`close ${port}`));
      if (this.ended) return void borrower.write('failed\n');
      this.waiting.set(port, borrower);
      this.order(`open ${port}`);
    });
  }

  stop(): void {
    this.wanted = false;
    this.process.stdin!.end();
  }

  private order(line: string): void {
    if (!this.ended) this.process.stdin!.write(`${line}\n`);
  }

  private end(): void {
    this.ended = true;
    for (const borrower of this.waiting.values()) borrower.write('failed\n');
    this.waiting.clear();
  }
}
