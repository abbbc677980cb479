import { ChevronDownIcon, DropdownMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { variablesOf } from './example-variables.js';

interface Example {
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** The saved examples; choosing one opens it in a tab of its own. */
export function ExamplesMenu() {
  const examples = useExamples();
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  async function openExample({ document, variables: given }: Example) {
    const variables = await variablesOf(document, given);
    addTab();
    queryEditor?.setValue(document);
    variableEditor?.setValue(variables ? JSON.stringify(variables, null, 2) : '');
  }

  return (
    <DropdownMenu>
      <DropdownMenu.Button className="bar-button" disabled={examples.length === 0 || !queryEditor}>
        Examples
        <ChevronDownIcon aria-hidden="true" />
      </DropdownMenu.Button>
      <DropdownMenu.Content className="examples">
        {examples.map((example) => (
          <DropdownMenu.Item key={example.name} onSelect={() => void openExample(example)}>
            {example.name}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

/** The menu stays disabled when the file cannot be had; the rest of the page does not need it. */
function useExamples(): readonly Example[] {
  const [examples, setExamples] = useState<readonly Example[]>([]);
  useEffect(() => {
    fetch('/graphiql/examples.json')
      .then((response) => (response.ok ? response.json() : []))
      .then(setExamples, () => setExamples([]));
  }, []);
  return examples;
}
