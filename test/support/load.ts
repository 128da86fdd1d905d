/**
 * How many times longer than on an idle machine anything may take: 1, or more where other work leaves this run less of the processors.
 * `npm test` measures it once, at its start. Limits are multiplied by it; what is expected of the product is not.
 */
export const LOAD_FACTOR = Number(process.env.TEST_LOAD_FACTOR) || 1;

/**
 * How many times faster than people the sandbox's people talk in tests, where the pace is not the claim: six times on an idle machine. On a
 * busy one frames of sound come late, and a pause within words may become longer than one between them.
 */
export const PACE = Math.max(3, Math.min(6, Math.round(7.5 / LOAD_FACTOR)));
