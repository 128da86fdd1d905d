/** gRPC's status codes that Temporal's answers are told apart by. grpc.io/docs/guides/status-codes */
export const NOT_FOUND = 5;
export const ALREADY_EXISTS = 6;
export const FAILED_PRECONDITION = 9;
export const UNIMPLEMENTED = 12;

/** The status of an error that a call to Temporal threw; undefined for any other error. */
export const grpcStatusOf = (error: unknown): number | undefined => (error as { code?: number } | undefined)?.code;
