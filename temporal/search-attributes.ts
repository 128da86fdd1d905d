import type { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from './settings.ts';

/** `temporal.api.enums.v1.IndexedValueType` */
const INDEXED_VALUE_TYPE_KEYWORD = 2;
/** gRPC status */
const ALREADY_EXISTS = 6;
const UNIMPLEMENTED = 12;

/**
 * Registers the product's search attributes where they are missing; without them the server refuses every booking.
 * @throws the service's error, for example when these credentials may not change a namespace.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await registered(connection, namespace);
  const missing = SEARCH_ATTRIBUTES.filter((key) => !customAttributes || !(key.name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((key) => [key.name, INDEXED_VALUE_TYPE_KEYWORD]));
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another process of ours was quicker.
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  }
}

/** The time-skipping test server can add attributes, but not list them. */
function registered(connection: Connection, namespace: string): Promise<{ customAttributes?: object | null }> {
  return connection.operatorService.listSearchAttributes({ namespace }).catch((error: { code?: number }) => {
    if (error.code === UNIMPLEMENTED) return {};
    throw error;
  });
}
