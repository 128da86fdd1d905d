/**
 * The dev server that is fetched when none is there. v1.5.1 (Server 1.29.1) is the newest that `go install` accepts: later
 * modules carry a `replace` directive. Every source yields this one, so that machines do not differ.
 */
export const CLI_VERSION = 'v1.5.1';
export const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal';

/** The oldest server whose updates and update-with-start the product relies on. */
export const OLDEST_SERVER = '1.28.0';

/** The time-skipping test server, part of Temporal's Java SDK. */
export const TEST_SERVER_VERSION = '1.35.0';
export const TEST_SERVER_MAIN = 'io.temporal.testserver.TestServer';
