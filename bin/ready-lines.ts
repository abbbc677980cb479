import type { Demo } from './demo/demo-file.js';

/** Where clients find what, one line each, as told on standard output when a start is done. */
export function addressLines(url: string): string {
  return `GraphiQL   ${url}/graphiql\nGraphQL    ${url}/graphql   (and ${url.replace(/^http/, 'ws')}/graphql)\nHealth     ${url}/health\n`;
}

/** The sign-ins of the demo's first brand, one line each; empty for a demo without brands. */
export function signInLines(demo: Demo, dataDir: string): string {
  const [brand] = demo.brands;
  if (!brand) return '';
  const lines = Object.entries(brand.users).map(
    ([who, { identifier, password }]) => `  ${who.padEnd(9)} ${identifier.padEnd(42)} ${password}`,
  );
  return `Sign-ins of ${brand.name} (all of them: ${dataDir}/demo.json)\n${lines.join('\n')}\n`;
}
