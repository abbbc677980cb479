import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What jest gives a runner to load files with. */
interface Runtime {
  unstable_shouldLoadAsEsm: (path: string) => boolean;
  unstable_importModule: (path: string) => Promise<unknown>;
}

/** A runner of one test file (https://jestjs.io/docs/configuration#testrunner-string). */
type Runner = (
  globalConfig: object,
  config: { readonly globals: object },
  environment: { readonly global: Record<string, unknown> },
  runtime: Runtime,
  testPath: string,
  ...rest: unknown[]
) => Promise<object>;

const circus: Runner = createRequire(import.meta.url)('jest-circus/runner').default;
const names = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'test'];
// Such as String: jest's own expect asks whether something is of its global's.
const builtIns = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(
  ([name, { value }]) => /^[A-Z]/.test(name) && typeof value === 'function',
);
let files = 0;

/**
 * Jest's own runner, with one difference: a test file and what it imports are modules of the process, as in the product.
 * A copy of every library for every file, as jest makes it, was a third of the time a run took.
 */
const runner: Runner = (globalConfig, config, environment, runtime, ...rest) => {
  for (const [name, { value }] of builtIns) environment.global[name] = value;
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = (path) => {
    for (const name of names) Reflect.set(globalThis, name, environment.global[name]);
    Object.assign(globalThis, config.globals);
    files += 1;
    // What was loaded once is not loaded again: the number makes it another module for another project.
    return import(`${pathToFileURL(path).href}?file=${files}`);
  };
  return circus(globalConfig, config, environment, runtime, ...rest);
};

export default runner;
