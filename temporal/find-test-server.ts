import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { type CachePlace, cached, cacheFolder, makeInCache, platformName } from './cache.ts';
import { DOWNLOADS, download } from './download.ts';
import { isExecutable, namedByUser, onPath } from './executable.ts';
import type { FindOptions } from './find-cli.ts';
import { keepTelling, runTool } from './run-tool.ts';
import { firstOf, type Progress, type Source } from './sources.ts';
import { TEST_SERVER_MAIN, TEST_SERVER_VERSION } from './versions.ts';

const EXECUTABLE = 'temporal-test-server';

/**
 * Path of Temporal's time-skipping test server. Tried in order: `TEMPORAL_TEST_SERVER`, `PATH`, the cache, the official download, the Maven
 * artifact behind a launcher (needs Java and Maven).
 * @throws ProgramNotFound with the tried places and a remedy
 */
export function findTestServer({ env, progress, downloads = DOWNLOADS }: FindOptions): Promise<string> {
  const place: CachePlace = {
    cache: cacheFolder(env),
    name: `temporal-test-server-${TEST_SERVER_VERSION}-${platformName}`,
    executable: EXECUTABLE,
  };
  const sources: Source[] = [
    { name: 'TEMPORAL_TEST_SERVER', find: async () => namedByUser(env.TEMPORAL_TEST_SERVER), binding: true },
    { name: `${EXECUTABLE} on PATH`, find: async () => onPath(EXECUTABLE, env.PATH) },
    { name: `the cache ${place.cache}`, find: async () => cached(place) },
    { name: 'the official download', find: () => fetched(place, downloads, progress) },
    { name: 'Maven', find: () => assembled(place, env, progress) },
  ];
  return firstOf("Temporal's time-skipping test server", sources, REMEDY);
}

const REMEDY = [
  'Only the tests need it. Any one of these helps: let this machine reach temporal.download; install Java 11 or newer and Maven;',
  'or set TEMPORAL_TEST_SERVER to the path of a temporal-test-server.',
].join('\n');

function fetched(place: CachePlace, base: string, progress: Progress): Promise<string> {
  progress(`Temporal's time-skipping test server is not on this machine yet: asking for the official download`);
  return makeInCache(place, async (folder) => {
    const version = `v${TEST_SERVER_VERSION}`;
    const file = await download({ base, artifact: 'temporal-test-server', version, folder, progress });
    renameSync(join(folder, file), join(folder, EXECUTABLE));
    chmodSync(join(folder, EXECUTABLE), 0o755);
  });
}

/** The Java program's jars, copied by Maven next to a launcher that runs them. */
async function assembled(place: CachePlace, env: Environment, progress: Progress): Promise<string> {
  const maven = onPath('mvn', env.PATH);
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : onPath('java', env.PATH);
  if (!maven) throw new Error('Maven (mvn) is not installed');
  if (!java || !isExecutable(java)) throw new Error('Java is not installed');
  progress(`fetching Temporal's time-skipping test server ${TEST_SERVER_VERSION} with Maven`);
  return makeInCache(place, async (folder) => {
    writeFileSync(join(folder, 'pom.xml'), POM);
    const stop = keepTelling(progress, () => 'Maven is fetching the test server');
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    try {
      const args = ['-B', '-q', '-f', 'pom.xml', goal, '-DoutputDirectory=lib', '-DincludeScope=runtime'];
      await runTool({ command: maven, args, env, folder });
    } finally {
      stop();
    }
    writeFileSync(join(folder, EXECUTABLE), LAUNCHER, { mode: 0o755 });
  });
}

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>vocero</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${TEST_SERVER_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** With `exec`, so that ending the launcher ends Java. A test server lives for seconds, so the JVM is set to start fast. */
const LAUNCHER = `#!/bin/sh
here=$(dirname "$0")
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$here/lib/*" ${TEST_SERVER_MAIN} "$@"
`;
