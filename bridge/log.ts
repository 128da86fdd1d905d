import { ProviderUnreachable } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';

/** What the media plane needs of a logger; pino's fits. */
export interface BridgeLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The same log for what knows of no call: each line names it. */
export function ofCall(log: BridgeLog, call_id: string): BridgeLog {
  const named = (level: keyof BridgeLog) => (fields: object, message: string) =>
    log[level]({ call_id, ...fields }, message);
  return { debug: named('debug'), info: named('info'), warn: named('warn'), error: named('error') };
}

/**
 * What may be logged of an error: its text with numbers masked, never an object that could carry a URL with a signature.
 * Of a provider's answer its code alone, since the rest may repeat what we sent.
 */
export const reasonOf = (error: unknown): string =>
  error instanceof ProviderUnreachable ? error.problem.code : safeMessage(messageOf(error));
