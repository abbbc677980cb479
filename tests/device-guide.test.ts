import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { subgraphs } from '../bin/subgraphs.js';
import { composeGraph } from '../schema/compose.js';
import { readStatement, statementText } from '../subgraphs/accounts/device/device-statement.rules.js';

const guide = readFileSync('docs/device-keys.md', 'utf8');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(([, text = '']) => text);

describe('the guide to device keys', () => {
  it('shows documents that the graph serves', async () => {
    const { apiSchema } = await composeGraph(subgraphs);

    expect(blocks('graphql')).toHaveLength(5);
    for (const document of blocks('graphql')) expect(validate(apiSchema, parse(document))).toEqual([]);
  });

  it('shows a statement as it is signed', () => {
    const [text = ''] = blocks('text');
    const statement = readStatement(text);

    expect(statement).toMatchObject({ purpose: 'LOGIN', counter: 7, isUserVerified: true });
    expect(statement && statementText(statement)).toBe(text);
  });
});
