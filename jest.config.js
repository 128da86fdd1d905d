/** Test files run as the product runs: loaded by Node itself, types stripped, `.ts` specifiers, no build step. */
export default {
  runtime: '<rootDir>/test/support/bare/runtime.mjs',
  testEnvironment: '<rootDir>/test/support/patient-environment.mjs',
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {},
  testTimeout: 30_000,
  // Tests would share a process with jest itself, were there no limit. Above it, a worker begins anew after the file.
  workerIdleMemoryLimit: '1GB',
};
