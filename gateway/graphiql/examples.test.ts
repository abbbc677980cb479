import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphiqlExamples } from './examples.js';

describe('the saved examples', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('are the graphql files of the folder, by name', () => {
    writeFileSync(join(folder, 'place-order.graphql'), 'mutation PlaceOrder { placeOrder }\n');
    writeFileSync(join(folder, 'menu.graphql'), '{ menu }\n');
    writeFileSync(join(folder, 'notes.md'), 'not an operation');

    const examples = graphiqlExamples(folder);

    expect(examples).toEqual([
      { name: 'menu', document: '{ menu }\n' },
      { name: 'place-order', document: 'mutation PlaceOrder { placeOrder }\n' },
    ]);
  });

  it.each([
    ['on the first line', '# variables: {"id":"a"}\n{ a }', { id: 'a' }],
    ['below another comment', '# The menu.\n\n#variables:{"first":2}\n{ a }', { first: 2 }],
    ['with Windows line ends', '# variables: {"id":"a"}\r\n{ a }', { id: 'a' }],
    ['inside of the document, where it is a comment only', '{ a }\n# variables: {"id":"a"}', undefined],
    ['nowhere', '# The menu.\n{ a }', undefined],
  ])('take their variables from a comment %s', (_place, document, variables) => {
    writeFileSync(join(folder, 'a.graphql'), document);

    const [example] = graphiqlExamples(folder);

    expect(example?.document).toBe(document);
    expect(example?.variables).toEqual(variables);
  });

  it.each(['{"id":', '[1]', 'null', '"text"', ''])('name the file whose variables are %s', (json) => {
    writeFileSync(join(folder, 'broken.graphql'), `# variables: ${json}\n{ a }`);

    expect(() => graphiqlExamples(folder)).toThrow(
      'broken.graphql: "# variables:" must be followed by a JSON object on the same line.',
    );
  });

  it('need their folder', () => {
    expect(() => graphiqlExamples(join(folder, 'missing'))).toThrow('ENOENT');
  });
});
