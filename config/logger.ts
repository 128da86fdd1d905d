import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import { parseCallId } from '../domain/ids.ts';
import type { Config } from './config.ts';
import { errorFields, lineScrubber, plainLine } from './log-lines.ts';

/** Format of lines on a terminal. */
export const ON_A_TERMINAL = { ignore: 'pid,hostname' };

/** Adds the booking id that is part of an attempt's id, so that a search for a booking also finds the lines about its calls. */
function withBooking<T extends object>(fields: T): T {
  if ('booking_id' in fields || !('call_id' in fields)) return fields;
  const named = parseCallId(fields.call_id);
  return named ? { booking_id: named.bookingId, ...fields } : fields;
}

/**
 * Creates a logger: one line of JSON per event, readable on a terminal. Callers keep secrets and numbers out; of errors only message and
 * place are written; remaining secrets of `config` are removed.
 */
export function createLogger(
  config: Pick<Config, 'log'> & Partial<Config>,
  part: string,
  to?: DestinationStream,
): Logger {
  const options: LoggerOptions<never> = {
    level: config.log.level,
    base: { part },
    redact: ['req.headers.authorization', 'headers.authorization', '*.authToken', '*.apiKey'],
    formatters: { log: withBooking },
    serializers: { err: (error: unknown) => errorFields(error) },
    hooks: {
      streamWrite: lineScrubber(config),
      logMethod(given, method) {
        const plain = given.map((each: unknown) => (typeof each === 'string' ? plainLine(each) : each));
        method.apply(this, plain as Parameters<LogFn>);
      },
    },
  };
  if (to) return pino(options, to);
  return pino(
    process.stdout.isTTY ? { ...options, transport: { target: 'pino-pretty', options: ON_A_TERMINAL } } : options,
  );
}
