// The tests run from dist/, as the product does: what is tested is what is run.
const project = (displayName, testMatch, target) => ({
  displayName,
  rootDir: 'dist',
  testMatch,
  transform: {},
  testEnvironment: 'node',
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
  // A machine may be busy; no test is about how long something takes.
  testTimeout: 30_000,
};
