import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** One line of JSON per event, readable on a terminal. Secrets and numbers are kept out by those who log. */
export function createLogger(config: Pick<Config, 'log'>, part: string): Logger {
  const pretty = process.stdout.isTTY;
  return pino({
    level: config.log.level,
    base: { part },
    redact: ['req.headers.authorization', 'headers.authorization', '*.authToken', '*.apiKey'],
    ...(pretty ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } } : {}),
  });
}
