import { z } from 'zod';
import type { MessageType } from './message.ts';
import { MESSAGE_SCHEMAS } from './schemas/client-messages.ts';

interface Told {
  type: MessageType;
  timestamp: string;
  data: object;
}

/**
 * Body of the HTTP request: its `data` is encoded as the answer to `GET` is, so it has no member that the API's description lacks. One of an
 * earlier version that does not fit is sent as it is: the client must hear of it.
 */
export function messageBody({ type, timestamp, data }: Told): string {
  const body = { type, timestamp, data };
  const fit = z.safeEncode(MESSAGE_SCHEMAS[type] as z.ZodType<unknown, unknown>, body);
  return JSON.stringify(fit.success ? fit.data : body);
}
