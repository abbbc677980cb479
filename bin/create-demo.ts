import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { exitOnFailure } from '../platform/process/startup.js';
import { ensureDemoCompany } from '../subgraphs/accounts/demo-company/demo-company.operations.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import { inSubgraph } from './command-context.js';
import { readPassword } from './password-stdin.js';

/** Makes what is missing of the demo company, whether the server runs or not: a brand, an outlet, a manager, a waiter and a chef. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'password-stdin': { type: 'boolean' } } });
  const password = values['password-stdin'] ? await readPassword() : null;
  const { brandId, outletId, people } = await inSubgraph(accounts, (context) =>
    ensureDemoCompany(context, { password }),
  );
  process.stdout.write(`Demo Restaurant Group (${brandId}), Downtown Cafe in Mumbai (${outletId})\n`);
  for (const { role, email, isNew, randomPassword } of people)
    process.stdout.write(`${role} ${email}: ${randomPassword ?? (isNew ? 'made' : 'there already')}\n`);
}

await exitOnFailure(main);
