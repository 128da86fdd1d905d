import { jsonOf } from '../cli/foreign.ts';
import type { Config } from '../config/config.ts';
import { localUrl } from '../config/loopback.ts';
import type { System } from './system.ts';
import { welcome } from './welcome.ts';

/** The output of `vocero start`. */
export interface StartVoice {
  /** A slow step, or something unexpected. */
  progress(line: string): void;
  /** Everything is ready, `seconds` after the beginning. */
  ready(config: Config, system: System, seconds: number): void;
  /** Stopping has begun. */
  stopping(why: string): void;
  /** The last line. */
  stopped(exitCode: number): void;
}

/** For a person. */
export const inWords: StartVoice = {
  progress: (line) => console.log(`  ${line}`),
  ready: (config, { temporal, sandbox, notes }, seconds) =>
    console.log(welcome(config, seconds, temporal.uiUrl, sandbox?.url, notes)),
  stopping: (why) => console.log(`  ${why}: stopping. Press Ctrl-C again to stop at once.`),
  stopped: () => {},
};

const line = (document: object): void => console.log(jsonOf(document));

/** For a script: one JSON document per line. `ready` has all addresses. */
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
