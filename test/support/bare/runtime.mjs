import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { current } from './globals.mjs';

const require = createRequire(import.meta.url);
const GLOBALS = new URL('./globals.mjs', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
});

/**
 * In place of jest's own: modules are loaded by Node itself, types stripped, as the product runs. What a file loads stays loaded for the
 * next one of the same worker.
 */
export default class BareRuntime {
  constructor(_config, environment) {
    this.environment = environment;
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(pathToFileURL(path).href);
  }

  requireModule(path) {
    return require(path);
  }

  /** Circus: anew for each file, which leaves its tests, hooks and listeners in it. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    Object.assign(current, globals, { jest: this.environment.jest(globals) });
  }

  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
  getSourceMaps = () => new Map();
  getAllCoverageInfoCopy() {}
}
