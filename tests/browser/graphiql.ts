import { chromium, type Page } from 'playwright-core';
import { spawn } from 'node:child_process';
import { makeTestPlace } from '../harness/target.js';
import { environmentOf, startProcess } from '../harness/process.js';

// Without the background switches Chromium looks up hosts of its own, which is not what is looked at here.
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Signs in to GraphiQL in a real browser, opens a subscription while an evening is played, and takes a picture; ends with the count of problems seen. */
async function main(): Promise<number> {
  const place = makeTestPlace();
  const env = environmentOf(place);
  const product = await startProcess(env);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: switches,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
    const problems = watch(page, product.url);
    await page.goto(`${product.url}/graphiql`);
    await page.waitForSelector('.graphiql-query-editor .monaco-editor .view-line');
    const brand = product.demo().brands[0];
    await signIn(page, brand?.users.manager);
    await openExample(page, 'LiveOrders');
    await page
      .getByText(brand?.outlets[0]?.id ?? '')
      .first()
      .waitFor();
    // GraphiQL takes a moment to notice the name of the operation.
    await page.waitForTimeout(500);
    await page.locator('.graphiql-execute-button').click();
    const evening = spawn(process.execPath, ['dist/bin/play-evening.js', '--parties', '2', '--pace', '300'], {
      env,
      stdio: 'inherit',
    });
    await new Promise((resolve) => evening.on('exit', resolve));
    await page.getByText('COMPLETED').first().waitFor();
    await page.screenshot({ path: 'docs/graphiql.png' });
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    process.stdout.write(`GraphiQL: signed in, subscribed, ${problems.length} problems; docs/graphiql.png\n`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await product.kill('SIGTERM');
    await place.remove();
  }
}

function watch(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const isOwn = [url, url.replace(/^http/, 'ws'), 'data:', 'blob:'].some((start) => request.url().startsWith(start));
    if (!isOwn) problems.push(`foreign request: ${request.url()}`);
  });
  return problems;
}

async function signIn(page: Page, user?: { identifier: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail or user name').fill(user?.identifier ?? '');
  await page.getByLabel('Password').fill(user?.password ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('Signed in as').waitFor();
}

async function openExample(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('menuitem', { name }).click();
}

process.exitCode = await main();
