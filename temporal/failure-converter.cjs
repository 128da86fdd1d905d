// CommonJS: the SDK loads it by its path with `require`, and bundles it with the workflows.
const { DefaultFailureConverter } = require('@temporalio/common');

/** Moves a failure's message and stack into a payload, which the codec encrypts: a message may quote what a person said. */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
