import type { BridgeLog } from './log.ts';

/** How many lines of one kind are written one by one in each interval. */
const ONE_BY_ONE = 20;
const INTERVAL_MS = 10_000;

export interface BoundedLog extends BridgeLog {
  /** Writes what is counted and not told yet. */
  flush(): void;
}

interface Kind {
  written: number;
  more: number;
  tell(): void;
  timer: NodeJS.Timeout;
}

/**
 * A log for what somebody can cause who has proved nothing: of each kind (level and message, which must be constants) the first lines
 * of an interval are written, the others counted and summed up in one line at its end. However much is sent, the log grows slowly.
 */
export function boundedLog(log: BridgeLog): BoundedLog {
  const kinds = new Map<string, Kind>();

  const end = (name: string): void => {
    const kind = kinds.get(name);
    if (!kind) return;
    clearTimeout(kind.timer);
    kinds.delete(name);
    if (kind.more > 0) kind.tell();
  };
  const bounded =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      const name = `${level} ${message}`;
      let kind = kinds.get(name);
      if (!kind) {
        kind = {
          written: 0,
          more: 0,
          tell() {
            log[level]({ more: this.more, within_seconds: INTERVAL_MS / 1_000 }, `more of the same: ${message}`);
          },
          // Nobody waits for the sum.
          timer: setTimeout(end, INTERVAL_MS, name).unref(),
        };
        kinds.set(name, kind);
      }
      if (kind.written < ONE_BY_ONE) {
        kind.written++;
        log[level](fields, message);
      } else kind.more++;
    };
  return {
    debug: bounded('debug'),
    info: bounded('info'),
    warn: bounded('warn'),
    error: bounded('error'),
    flush() {
      for (const name of [...kinds.keys()]) end(name);
    },
  };
}
