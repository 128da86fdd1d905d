/**
 * How many times longer than on an idle machine anything may take: 1, or more where other work leaves this run less of the processors.
 * `npm test` measures it once, at its start. Limits are multiplied by it; what is expected of the product is not.
 */
export const LOAD_FACTOR = Number(process.env.TEST_LOAD_FACTOR) || 1;
