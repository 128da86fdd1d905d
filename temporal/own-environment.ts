import type { Environment } from '../config/environment.ts';

/** What a program needs to know of its machine. */
const OF_THE_MACHINE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|SystemRoot|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|XDG_[A-Z_]+)$/;
/** How the Go runtime uses processors and memory. */
const OF_GO = /^GO(GC|MAXPROCS|MEMLIMIT|TRACEBACK)$/;
/** What fetching and building needs besides. */
const OF_BUILDING =
  /^(GO[A-Z0-9]+|CGO_[A-Z_]+|CC|CXX|AR|PKG_CONFIG|GIT_[A-Z_]+|NETRC|SSL_CERT_(FILE|DIR)|(https?|no|all)_proxy)$/i;

const only = (env: Environment, ...wanted: RegExp[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && wanted.some((names) => names.test(entry[0])),
    ),
  );

/**
 * The environment of Temporal's server: none of our secrets, and none of the variables with which Temporal's clients are set up,
 * which would move it.
 */
export const serverEnvironment = (env: Environment): Record<string, string> => only(env, OF_THE_MACHINE, OF_GO);

/** The environment of a build: none of our secrets. */
export const buildEnvironment = (env: Environment): Record<string, string> => only(env, OF_THE_MACHINE, OF_BUILDING);
