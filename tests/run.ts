import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { startServers } from '../bin/servers/servers.js';
import { testServerUrls } from '../platform/process/config.js';

const SERVERS = '.cache/test-servers.json';
const RESULTS = '.cache/test-results.json';

/** Starts the servers the tests need, runs jest with the given arguments, and ends with one line of counts. */
async function main(jestArguments: readonly string[]): Promise<number> {
  mkdirSync('.cache', { recursive: true });
  rmSync(RESULTS, { force: true });
  const servers = await startServers(testServerUrls(), { variablePrefix: 'TEST_' });
  try {
    process.stderr.write(`${servers.describe}\n`);
    const { databaseUrl, redisUrl } = servers;
    writeFileSync(SERVERS, JSON.stringify({ databaseUrl, redisUrl }), { mode: 0o600 });
    const exitCode = await runJest(jestArguments);
    const { passed, failed } = readCounts();
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
    return exitCode === 0 && failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(SERVERS, { force: true });
    await servers.stop();
  }
}

function runJest(jestArguments: readonly string[]): Promise<number> {
  const jest = ['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const child = spawn(process.execPath, [...jest, '--json', `--outputFile=${RESULTS}`, ...jestArguments], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

const results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

// A test file that could not even be loaded has no failed test, and a skipped test proves nothing: both count as failures.
function readCounts(): { passed: number; failed: number } {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = results.parse(
    JSON.parse(readFileSync(RESULTS, 'utf8')),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return { passed: numPassedTests, failed: numFailedTests + numPendingTests + numTodoTests + broken };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
