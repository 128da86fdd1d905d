import { createRequire } from 'node:module';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/** `LOAD_FACTOR` of load.ts; jest loads this file as it is. */
const FACTOR = Number(process.env.TEST_LOAD_FACTOR) || 1;

/** Node, with the time limits of tests and hooks as many times longer as the machine is busier. */
export default class PatientEnvironment extends TestEnvironment {
  stretched = new WeakSet();

  constructor(...given) {
    // Of jest's own global object a Proxy is asked at each use of a global: a tenth of what tests compute.
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
    // For outside.ts.
    this.global.requireOutside = createRequire(import.meta.url);
  }

  handleTestEvent(event, state) {
    // The default, after a file may have set it for itself.
    if (event.name === 'run_start') state.testTimeout *= FACTOR;
    if (event.name === 'test_fn_start') this.stretch(event.test);
    if (event.name === 'hook_start') this.stretch(event.hook);
  }

  /** Once: a hook runs for each test. */
  stretch(limited) {
    if (!limited.timeout || this.stretched.has(limited)) return;
    this.stretched.add(limited);
    limited.timeout *= FACTOR;
  }
}
