/** What a test file imports as `@jest/globals`. Each name leads to that of the file that runs now: modules of tests outlive their file. */
export const current = {};

const leading = (name) =>
  new Proxy(() => {}, {
    apply: (_target, _self, given) => current[name](...given),
    get: (_target, property) => current[name][property],
  });

export const afterAll = leading('afterAll');
export const afterEach = leading('afterEach');
export const beforeAll = leading('beforeAll');
export const beforeEach = leading('beforeEach');
export const describe = leading('describe');
export const expect = leading('expect');
export const it = leading('it');
export const jest = leading('jest');
export const test = leading('test');
