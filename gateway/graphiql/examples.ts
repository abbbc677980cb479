import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** An operation that the GraphiQL page offers in its menu. */
export interface GraphiqlExample {
  readonly name: string;
  readonly document: string;
  /** Present when the document tells values to try it with. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

const VARIABLES_COMMENT = /^#\s*variables:(.*)$/;

/** Every `*.graphql` file of the folder by name; throws when a file's `# variables: {…}` is not a JSON object. */
export function graphiqlExamples(operationsDir: string): readonly GraphiqlExample[] {
  const files = readdirSync(operationsDir).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const document = readFileSync(join(operationsDir, file), 'utf8');
    const variables = variablesOf(document, file);
    return { name: basename(file, '.graphql'), document, ...(variables && { variables }) };
  });
}

/** Only the comment lines at the top count: further down, the words may be part of the document. */
function variablesOf(document: string, file: string): Record<string, unknown> | null {
  for (const line of document.split(/\r?\n/)) {
    if (!/^\s*(#|$)/.test(line)) return null;
    const json = VARIABLES_COMMENT.exec(line.trim())?.[1];
    if (json !== undefined) return parseVariables(json, file);
  }
  return null;
}

function parseVariables(json: string, file: string): Record<string, unknown> {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${file}: "# variables:" must be followed by a JSON object on the same line.`);
  }
  return { ...value };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // Refused above, with the name of the file.
  }
}
