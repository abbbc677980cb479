import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './fetcher.js';
import { TitleBar } from './title-bar.js';

const WELCOME = `# Write an operation, or choose an example above.
# Ctrl-Enter runs it, Ctrl-Space completes words.
query Start {
  __typename
}
`;

const plugins = [HISTORY_PLUGIN, explorerPlugin()];

function elementOf(selector: string): Element {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`page.html has no ${selector}.`);
  return element;
}

createRoot(elementOf('#explorer')).render(
  // Headers are never persisted: a token typed there must not outlive the page.
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    defaultTheme="light"
    defaultQuery={WELCOME}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  >
    <GraphiQL.Logo>{null}</GraphiQL.Logo>
    <TitleBar place={elementOf('#title-bar')} />
  </GraphiQL>,
);
