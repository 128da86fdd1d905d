import type { BridgeLog } from './log.ts';

/** Lines of one kind that are written in full in each interval. */
const ONE_BY_ONE = 20;
const INTERVAL_MS = 10_000;

export interface BoundedLog extends BridgeLog {
  /** Writes the sums of lines that were counted only. */
  flush(): void;
}

interface Kind {
  written: number;
  more: number;
  tell(): void;
  timer: NodeJS.Timeout;
}

/**
 * Log for events that anybody can cause without proof of identity. Of each kind (level and message, which must be constants) the first
 * lines of an interval are written; the others are counted and summed up in one line at the end of the interval. So the log grows slowly
 * under any flood.
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
          // The sum must not keep the process alive.
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
