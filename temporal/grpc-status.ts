/** gRPC status codes that the code distinguishes. Source: grpc.io/docs/guides/status-codes */
export const NOT_FOUND = 5;
export const ALREADY_EXISTS = 6;
export const FAILED_PRECONDITION = 9;
export const UNIMPLEMENTED = 12;

/** Status of an error from Temporal's service; undefined for any other error. */
export const grpcStatusOf = (error: unknown): number | undefined => (error as { code?: number } | undefined)?.code;
