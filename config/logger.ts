import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from './config.ts';
import { errorFields, lineScrubber, plainLine } from './log-lines.ts';

/** How lines look on a terminal. */
export const ON_A_TERMINAL = { ignore: 'pid,hostname' };

/**
 * One line of JSON per event, readable on a terminal. Secrets and numbers are kept out by those who log; errors are
 * written by their message and place alone, and the secrets of `config` are taken out of whatever is left.
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
