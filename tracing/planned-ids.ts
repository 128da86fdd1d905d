import { randomBytes } from 'node:crypto';

interface Ids {
  traceId: string;
  spanId: string;
}

let planned: Ids | undefined;

/** Runs `start`, which starts one span at once: the span gets these ids. OpenTelemetry has no other way to choose them. */
export function withIds<T>(ids: Ids, start: () => T): T {
  planned = ids;
  try {
    return start();
  } finally {
    planned = undefined;
  }
}

/** The SDK's `IdGenerator`. Spans that are not ours get random ids. */
export const plannedIds = {
  generateTraceId: (): string => planned?.traceId ?? randomBytes(16).toString('hex'),
  generateSpanId: (): string => planned?.spanId ?? randomBytes(8).toString('hex'),
};
