import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const user = z.object({ identifier: z.string(), password: z.string() });

const demoShape = z.object({
  graphql: z.string(),
  brands: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      outlets: z.array(z.object({ id: z.string(), name: z.string() })),
      users: z.object({
        owner: user,
        admin: user,
        manager: user,
        waiter: user,
        chef: user,
        analyst: user,
        customer: user,
      }),
    }),
  ),
  integrator: z.object({
    apiKey: z.string(),
    documents: z.array(
      z.object({ name: z.string(), documentId: z.string(), variables: z.record(z.string(), z.unknown()) }),
    ),
  }),
});

/** The sign-ins and ids of the demo data, as kept in `demo.json` of the data folder. */
export type Demo = z.infer<typeof demoShape>;

/** The demo of a data folder, or null if it has none; throws if making it was interrupted. */
export function readDemo(dataDir: string): Demo | null {
  if (existsSync(partial(dataDir))) {
    throw new Error(`The start that made the demo data was interrupted: delete the folder ${dataDir} and start again.`);
  }
  return existsSync(complete(dataDir)) ? demoShape.parse(JSON.parse(readFileSync(complete(dataDir), 'utf8'))) : null;
}

/** Marks that demo data is being made, so that half of it is never taken for the whole. */
export function beginDemo(dataDir: string): void {
  writeFileSync(partial(dataDir), '', { mode: 0o600 });
}

/** Keeps the demo's sign-ins, readable by the folder's owner only. */
export function writeDemo(dataDir: string, demo: Demo): void {
  const draft = `${complete(dataDir)}.draft`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, complete(dataDir));
  rmSync(partial(dataDir), { force: true });
}

function complete(dataDir: string): string {
  return join(dataDir, 'demo.json');
}

function partial(dataDir: string): string {
  return join(dataDir, 'demo.partial');
}
