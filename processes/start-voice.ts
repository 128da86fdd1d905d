import { jsonOf } from '../cli/foreign.ts';
import type { Config } from '../config/config.ts';
import { localUrl } from '../config/loopback.ts';
import type { System } from './system.ts';
import { welcome } from './welcome.ts';

/** How `vocero start` tells what it does. */
export interface StartVoice {
  /** Something that takes time, or that went otherwise than it should. */
  progress(line: string): void;
  /** Everything serves, `seconds` after the beginning. */
  ready(config: Config, system: System, seconds: number): void;
  /** It begins to stop. */
  stopping(why: string): void;
  /** The last word. */
  stopped(exitCode: number): void;
}

/** For a person. */
export const inWords: StartVoice = {
  progress: (line) => console.log(`  ${line}`),
  ready: (config, { temporal, sandbox, notes }, seconds) =>
    console.log(welcome(config, seconds, temporal.uiUrl, sandbox?.url, notes)),
  stopping: (why) => console.log(`  ${why}: stopping; once more stops at once`),
  stopped: () => {},
};

const line = (document: object): void => console.log(jsonOf(document));

/** For a script: one JSON document a line, which waits for `ready` and reads from it where everything is. */
export const inLines: StartVoice = {
  progress: (message) => line({ type: 'progress', message }),
  ready: (config, { temporal, sandbox, notes }, seconds) => {
    const { access, http, mode, simulated, publicUrl, dataDir, warnings } = config;
    const { connectionOptions, namespace } = temporal.connection;
    line({
      type: 'ready',
      url: localUrl(http.host, http.port),
      public_url: publicUrl,
      key_needed: access.apiKeys.length + access.operatorKeys.length > 0,
      mode,
      simulated,
      temporal: { address: connectionOptions.address, namespace, ui_url: temporal.uiUrl ?? null },
      sandbox_url: sandbox?.url ?? null,
      data_dir: dataDir,
      pid: process.pid,
      seconds,
      warnings: [...warnings, ...notes],
    });
  },
  stopping: (why) => line({ type: 'stopping', why }),
  stopped: (exit_code) => line({ type: 'stopped', exit_code }),
};
