// The tests run from dist/, as the product does: what is tested is what is run.
const project = (displayName, testMatch, target) => ({
  displayName,
  rootDir: 'dist',
  testMatch,
  transform: {},
  testEnvironment: 'node',
  testRunner: '<rootDir>/tests/jest-runner.js',
  globals: { target },
});

const api = ['<rootDir>/**/*.api.test.js'];
// What only many processes can show: they need real servers.
const servers = ['<rootDir>/**/*.servers.test.js'];

export default {
  projects: [
    {
      ...project('unit', ['<rootDir>/**/*.test.js'], 'none'),
      testPathIgnorePatterns: ['\\.(api|servers)\\.test\\.js$'],
    },
    project('sqlite', api, 'sqlite'),
    project('mariadb', [...api, ...servers], 'mariadb'),
  ],
  maxWorkers: 2,
  // Modules of finished files are never let go of; a fresh process is cheaper than its garbage.
  workerIdleMemoryLimit: '1.5GB',
  // A machine may be busy; no test is about how long something takes.
  testTimeout: 30_000,
};
