/**
 * A transform of jest's for fastify/lib/plugin-utils.js. Fastify looks for the file of each plugin among all modules that are loaded, to
 * name it in messages; jest makes that list anew each time, which took half of what the API's tests computed. Fastify itself does
 * without where there is none, and takes the function's name.
 */
export default {
  process: (source) => ({ code: source.replace('require.cache', 'undefined') }),
};
