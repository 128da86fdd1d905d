/**
 * The dev server that is fetched when there is none. v1.5.1 (Server 1.29.1) is the newest that `go install` accepts: later modules carry a
 * `replace` directive. Every source yields this version, so that machines do not differ.
 */
export const CLI_VERSION = 'v1.5.1';
export const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal';

/** The oldest server with the updates and update-with-start that the product needs. */
export const OLDEST_SERVER = '1.28.0';

/** The time-skipping test server, part of Temporal's Java SDK. */
export const TEST_SERVER_VERSION = '1.35.0';
export const TEST_SERVER_MAIN = 'io.temporal.testserver.TestServer';
