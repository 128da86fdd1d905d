import type { Connection } from '@temporalio/client';
import { ALREADY_EXISTS, grpcStatusOf, UNIMPLEMENTED } from './grpc-status.ts';
import { SEARCH_ATTRIBUTES } from './settings.ts';

/** `temporal.api.enums.v1.IndexedValueType` */
export const INDEXED_VALUE_TYPE_KEYWORD = 2;

/**
 * Registers missing search attributes of the product. Without them the server refuses every booking.
 * @throws the service's error, for example when these credentials may not change a namespace
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await registered(connection, namespace);
  const missing = SEARCH_ATTRIBUTES.filter((key) => !customAttributes || !(key.name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((key) => [key.name, INDEXED_VALUE_TYPE_KEYWORD]));
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another process of ours was faster.
    if (grpcStatusOf(error) !== ALREADY_EXISTS) throw error;
  }
}

/** The time-skipping test server can add attributes, but not list them. */
function registered(connection: Connection, namespace: string): Promise<{ customAttributes?: object | null }> {
  return connection.operatorService.listSearchAttributes({ namespace }).catch((error: unknown) => {
    if (grpcStatusOf(error) === UNIMPLEMENTED) return {};
    throw error;
  });
}
