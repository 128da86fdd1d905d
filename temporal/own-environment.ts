import type { Environment } from '../config/environment.ts';

/** Variables about the machine. */
const OF_THE_MACHINE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|SystemRoot|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|XDG_[A-Z_]+)$/;
/** Variables for the Go runtime's use of processors and memory. */
const OF_GO = /^GO(GC|MAXPROCS|MEMLIMIT|TRACEBACK)$/;
/** Further variables for fetching and building. */
const OF_BUILDING =
  /^(GO[A-Z0-9]+|CGO_[A-Z_]+|CC|CXX|AR|PKG_CONFIG|GIT_[A-Z_]+|NETRC|SSL_CERT_(FILE|DIR)|(https?|no|all)_proxy)$/i;

const only = (env: Environment, ...wanted: RegExp[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && wanted.some((names) => names.test(entry[0])),
    ),
  );

/** Environment of Temporal's server: without our secrets, and without the variables for Temporal's clients, which would redirect it. */
export const serverEnvironment = (env: Environment): Record<string, string> => only(env, OF_THE_MACHINE, OF_GO);

/** Environment of a build: without our secrets. */
export const buildEnvironment = (env: Environment): Record<string, string> => only(env, OF_THE_MACHINE, OF_BUILDING);
