const PLUGIN_UTILS = 'fastify/lib/plugin-utils\\.js$';

/** ESM and TypeScript as the product runs them: types stripped, `.ts` specifiers, no build step. */
export default {
  testEnvironment: '<rootDir>/test/support/patient-environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
    [`/node_modules/${PLUGIN_UTILS}`]: '<rootDir>/test/support/unnamed-plugins.mjs',
  },
  transformIgnorePatterns: [`/node_modules/(?!${PLUGIN_UTILS})`],
  testTimeout: 30_000,
};
