import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8');

/** @throws Error when the example no longer has that line: then the test tries something else than the example */
function replaced(text: string, from: RegExp, to: string): string {
  if (!from.test(text)) throw new Error(`the example has no ${from}`);
  return text.replace(from, to);
}

/** A proxy by the example in `deploy/`, without TLS, on loopback. */
export interface ProxyExample {
  name: string;
  /** Undefined: it is not there, or too old; the text says what would be needed. */
  missing: string | undefined;
  /** The example with other names and ports, written below `folder`; the command that runs it. */
  prepare(folder: string, ports: { from: number; to: number }): string[];
}

const nginxProgram = process.env.NGINX ?? 'nginx';
const caddyProgram = process.env.CADDY ?? 'caddy';

const nginx: ProxyExample = {
  name: 'nginx',
  missing: spawnSync(nginxProgram, ['-v']).status === 0 ? undefined : 'nginx in PATH, or its path in NGINX',
  prepare(folder, { from, to }) {
    let site = read('nginx/vocero.conf');
    site = replaced(site, /server \{\n {2}listen 80;[^}]*\}\n/, '');
    site = replaced(site, /listen 443 ssl;/, `listen 127.0.0.1:${from};`);
    site = replaced(site, / *ssl_certificate .*\n/, '');
    site = replaced(site, / *ssl_certificate_key .*\n/, '');
    site = replaced(site, /server_name calls\.example\.com;/, 'server_name 127.0.0.1;');
    site = replaced(site, /server 127\.0\.0\.1:3000;/, `server 127.0.0.1:${to};`);
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${join(folder, name)};`,
    );
    writeFileSync(join(folder, 'site.conf'), site);
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr;
events {}
http { access_log off; ${temp.join(' ')} include ${join(folder, 'site.conf')}; }
`,
    );
    return [nginxProgram, '-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
  },
};

/** `stream_close_delay` came with 2.7. */
function caddyMissing(): string | undefined {
  const { status, stdout } = spawnSync(caddyProgram, ['version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /v?(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const isThere = status === 0 && (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 7));
  return isThere ? undefined : 'Caddy 2.7 or newer in PATH, or its path in CADDY';
}

const caddy: ProxyExample = {
  name: 'Caddy',
  missing: caddyMissing(),
  prepare(folder, { from, to }) {
    let site = read('caddy/Caddyfile');
    site = replaced(site, /^calls\.example\.com \{/m, `http://127.0.0.1:${from} {`);
    site = replaced(site, /reverse_proxy 127\.0\.0\.1:3000/, `reverse_proxy 127.0.0.1:${to}`);
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n}\n${site}`);
    return [caddyProgram, 'run', '--adapter', 'caddyfile', '--config', file];
  },
};

export const PROXIES: readonly ProxyExample[] = [nginx, caddy];

export interface RunningProxy {
  /** Everything that it has printed. */
  log(): string;
  stop(): Promise<void>;
}

/** Runs a proxy in a folder of its own. */
export function startProxy(proxy: ProxyExample, folder: string, ports: { from: number; to: number }): RunningProxy {
  mkdirSync(folder, { recursive: true });
  const [program, ...args] = proxy.prepare(folder, ports);
  const child = spawn(program!, args, {
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      printed += text.toString();
    });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    log: () => printed,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
