import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { findTestServer } from '../../temporal/find-test-server.ts';
import { ProgramNotFound } from '../../temporal/sources.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();

/** Plays the download service: the archive that it has for each path, else 404. */
let archives: Record<string, { file: string; content: Buffer }>;
let asked: string[];
let service: Server;
let base: string;

beforeEach(async () => {
  archives = {};
  asked = [];
  service = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base);
    asked.push(url.pathname);
    const archive = archives[url.pathname];
    if (archive && url.searchParams.has('arch') && url.searchParams.has('platform')) {
      response.end(JSON.stringify({ archiveUrl: `${base}/files${url.pathname}.tar.gz`, fileToExtract: archive.file }));
      return;
    }
    const file = archives[url.pathname.replace(/^\/files|\.tar\.gz$/g, '')];
    response.writeHead(file ? 200 : 404).end(file?.content);
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  base = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterEach(() => {
  service.close();
});

/** A .tar.gz with one shell script in it. */
function archiveOf(name: string, says: string): Buffer {
  here.script(`packing/${name}`, `echo ${says}`);
  const { stdout } = spawnSync('tar', ['-czf', '-', '-C', here.path('packing'), '.']);
  return stdout;
}

/** An environment in which nothing is found, with a cache of its own; `bin` is the only folder of programs besides the system's. */
const bare = (more: Record<string, string> = {}) => ({
  VOCERO_CACHE_DIR: here.path('cache'),
  PATH: here.path('bin'),
  ...more,
});
const NEW_ENOUGH = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';

const progress: string[] = [];
const options = (env: Record<string, string>) => ({
  env,
  progress: (line: string) => void progress.push(line),
  downloads: base,
});
function says(path: string): string {
  const { stdout, stderr, status, signal, error } = spawnSync(path, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${path} ended with ${status ?? signal}: ${stderr}`);
  return stdout.trim();
}

/** Fake tools need the real ones' folders for `mkdir`, `cp` and `tar`. */
const SYSTEM = '/usr/bin:/bin';

describe('Temporal’s dev server', () => {
  const cached = () => {
    const folder = readdirSync(here.path('cache')).find((name) => name.startsWith('temporal-cli'));
    return here.path('cache', folder ?? 'none', 'temporal');
  };
  const goThatBuilds = () =>
    here.script(
      'bin/go',
      `echo "$@" > ${here.path('go-arguments')}\nprintf '#!/bin/sh\\necho built\\n' > "$GOBIN/temporal"\nchmod +x "$GOBIN/temporal"`,
    );

  it('is what TEMPORAL_CLI names, before all else', async () => {
    const named = here.script('mine/temporal-cli', 'echo mine');
    here.script('bin/temporal', NEW_ENOUGH);
    expect(await findTemporalCli(options(bare({ TEMPORAL_CLI: named })))).toBe(named);
    expect(asked).toEqual([]);
  });

  it('is not looked for anywhere else when TEMPORAL_CLI is wrong', async () => {
    here.script('bin/temporal', NEW_ENOUGH);
    writeFileSync(here.path('not-executable'), '');
    for (const wrong of [here.path('nowhere'), here.path('not-executable'), here.path('bin')]) {
      await expect(findTemporalCli(options(bare({ TEMPORAL_CLI: wrong })))).rejects.toThrow(
        /^TEMPORAL_CLI is ".*" *, which is not an executable file/,
      );
    }
  });

  it('is `temporal` on PATH before the cache', async () => {
    goThatBuilds();
    const env = bare({ PATH: `${here.path('bin')}:${SYSTEM}` });
    await findTemporalCli(options(env));
    const installed = here.script('bin/temporal', NEW_ENOUGH);
    expect(await findTemporalCli(options(env))).toBe(installed);
  });

  it.each(['echo "temporal version 0.13.0 (Server 1.24.2)"', 'echo something else', 'exit 3'])(
    'is not the one on PATH when that answers: %s',
    async (body) => {
      here.script('bin/temporal', body);
      goThatBuilds();
      expect(says(await findTemporalCli(options(bare({ PATH: `${here.path('bin')}:${SYSTEM}` }))))).toBe('built');
    },
  );

  it('is downloaded when it is nowhere, before anything is built, and found in the cache from then on', async () => {
    goThatBuilds();
    archives['/cli/v1.5.1'] = { file: 'temporal', content: archiveOf('temporal', 'downloaded') };
    const env = bare({ PATH: `${here.path('bin')}:${SYSTEM}` });
    const found = await findTemporalCli(options(env));
    expect(found).toBe(cached());
    expect(says(found)).toBe('downloaded');
    expect(existsSync(here.path('go-arguments'))).toBe(false);
    expect(progress.join()).toContain('downloading v1.5.1.tar.gz');

    asked = [];
    expect(await findTemporalCli(options(bare()))).toBe(found);
    expect(asked).toEqual([]);
  });

  it('is built with Go where the download is out of reach', async () => {
    goThatBuilds();
    service.close();
    const found = await findTemporalCli(options(bare({ PATH: `${here.path('bin')}:${SYSTEM}` })));
    expect(found).toBe(cached());
    expect(says(found)).toBe('built');
    expect(readFileSync(here.path('go-arguments'), 'utf8')).toContain('github.com/temporalio/cli/cmd/temporal@v1.5.1');
  });

  it('leaves nothing half made in the cache when a build fails', async () => {
    here.script('bin/go', 'printf "half" > "$GOBIN/temporal"; echo "no space left" >&2; exit 1');
    await expect(findTemporalCli(options(bare({ PATH: `${here.path('bin')}:${SYSTEM}` })))).rejects.toThrow(
      'no space left',
    );
    expect(readdirSync(here.path('cache'))).toEqual([]);
  });

  it('is one whole program when several processes make it at once', async () => {
    goThatBuilds();
    const env = bare({ PATH: `${here.path('bin')}:${SYSTEM}` });
    const found = await Promise.all([1, 2, 3, 4].map(() => findTemporalCli(options(env))));
    expect(new Set(found).size).toBe(1);
    expect(says(found[0]!)).toBe('built');
    expect(readdirSync(here.path('cache'))).toHaveLength(1);
  });

  it('replaces a cache folder that is not whole', async () => {
    goThatBuilds();
    const env = bare({ PATH: `${here.path('bin')}:${SYSTEM}` });
    const found = await findTemporalCli(options(env));
    writeFileSync(found, 'half', { mode: 0o644 });
    spawnSync('chmod', ['-x', found]);
    expect(says(await findTemporalCli(options(env)))).toBe('built');
  });

  it('cannot be had: says what was tried and what helps', async () => {
    const error: unknown = await findTemporalCli(options(bare())).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProgramNotFound);
    for (const part of [
      'TEMPORAL_CLI: not there',
      'on PATH: not there',
      'answered 404',
      'Go is not installed',
      'TEMPORAL_ADDRESS',
    ]) {
      expect((error as Error).message).toContain(part);
    }
  });

  it('cannot be kept: names the variable that moves the cache', async () => {
    writeFileSync(here.path('cache'), 'a file, not a folder');
    goThatBuilds();
    await expect(findTemporalCli(options(bare({ PATH: `${here.path('bin')}:${SYSTEM}` })))).rejects.toThrow(
      'VOCERO_CACHE_DIR',
    );
  });
});

describe('the time-skipping test server', () => {
  const fakeMaven = () =>
    here.script(
      'bin/mvn',
      `echo "$@" > ${here.path('mvn-arguments')}\ncp pom.xml ${here.path('pom.xml')}\nmkdir lib && touch lib/server.jar`,
    );

  it('is what TEMPORAL_TEST_SERVER names, then what PATH has', async () => {
    const onPath = here.script('bin/temporal-test-server', 'echo path');
    const named = here.script('mine/server', 'echo mine');
    expect(await findTestServer(options(bare({ TEMPORAL_TEST_SERVER: named })))).toBe(named);
    expect(await findTestServer(options(bare()))).toBe(onPath);
    await expect(findTestServer(options(bare({ TEMPORAL_TEST_SERVER: here.path('nowhere') })))).rejects.toThrow(
      /^TEMPORAL_TEST_SERVER is/,
    );
  });

  it('is downloaded, whatever the archive calls it', async () => {
    archives['/temporal-test-server/v1.35.0'] = {
      file: 'temporal-test-server_1.35.0/bin/server',
      content: archiveOf('temporal-test-server_1.35.0/bin/server', 'downloaded'),
    };
    const found = await findTestServer(options(bare({ PATH: SYSTEM })));
    expect(says(found)).toBe('downloaded');
    expect(await findTestServer(options(bare()))).toBe(found);
  });

  it('is put together from the Maven artifact, behind a launcher that hands its arguments to Java', async () => {
    fakeMaven();
    here.script('bin/java', 'echo "$@"');
    const found = await findTestServer(options(bare({ PATH: `${here.path('bin')}:${SYSTEM}` })));
    expect(readFileSync(here.path('pom.xml'), 'utf8')).toMatch(
      /<artifactId>temporal-test-server<\/artifactId>\s*<version>1\.35\.0</,
    );
    const run = spawnSync(found, ['7000', '--flag'], {
      encoding: 'utf8',
      env: { PATH: `${here.path('bin')}:${SYSTEM}` },
    });
    expect(run.stdout).toMatch(/ -cp \S+\/lib\/\* io\.temporal\.testserver\.TestServer 7000 --flag$/m);
  });

  it('cannot be had without Java: says so', async () => {
    fakeMaven();
    mkdirSync(here.path('empty'));
    await expect(findTestServer(options(bare()))).rejects.toThrow('Java is not installed');
    await expect(findTestServer(options(bare({ PATH: here.path('empty') })))).rejects.toThrow(
      'Maven (mvn) is not installed',
    );
  });
});
