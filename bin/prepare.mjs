// Brings the tree up to date before a command runs: packages, compiled code, the GraphiQL page. Runs on any Node and without packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

const INSTALLED = 'node_modules/.twinengine-installed';
const PAGE = 'dist/gateway/graphiql/page/page.html';
const PAGE_SOURCES = 'gateway/graphiql/page';

function run(what, command, args) {
  process.stderr.write(`${what}\n`);
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  process.stderr.write(
    `${what.replace(/ …$/, '')} failed${error ? `: ${error.message}` : ''}. Run "${[command, ...args].join(' ')}" to see why.\n`,
  );
  process.exit(1);
}

/** The packages of the lock are there: the lock's hash is written after each complete install. */
function installPackages() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  run('Installing packages (once, about a minute) …', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALLED, lock);
}

function newestIn(folder) {
  return Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).mtimeMs));
}

function bundlePage() {
  const isCurrent =
    existsSync(PAGE) &&
    statSync(PAGE).mtimeMs > Math.max(newestIn(PAGE_SOURCES), statSync('package-lock.json').mtimeMs);
  if (!isCurrent) run('Bundling GraphiQL …', 'npm', ['run', '--silent', 'graphiql']);
}

installPackages();
run('Compiling …', 'npm', ['run', '--silent', 'build']);
bundlePage();
