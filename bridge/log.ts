import { ProviderUnreachable } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';

/** The logger that the media plane needs; pino's fits. */
export interface BridgeLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The same log for code that knows no call: adds the call's id to each line. */
export function ofCall(log: BridgeLog, call_id: string): BridgeLog {
  const named = (level: keyof BridgeLog) => (fields: object, message: string) =>
    log[level]({ call_id, ...fields }, message);
  return { debug: named('debug'), info: named('info'), warn: named('warn'), error: named('error') };
}

/**
 * Loggable text of an error: its message with numbers masked, never an object, which could carry a URL with a signature. Of a provider's
 * answer only the code, because the rest may repeat what we sent.
 */
export const reasonOf = (error: unknown): string =>
  error instanceof ProviderUnreachable ? error.problem.code : safeMessage(messageOf(error));
