import type { TestClient } from './client.js';

/** Sends a mutation that must succeed; returns its payload. */
export async function change(
  client: Pick<TestClient, 'ask'>,
  mutation: string,
  { facts, shows }: { facts: object; shows: string },
): Promise<Record<string, any>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { body } = await client.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${shows} userErrors { code message field } } }`,
    { input: facts },
  );
  const payload = body.data?.[mutation];
  if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(body)}`);
  return payload;
}
