import { createPortal } from 'react-dom';
import { Account } from './account.js';
import { ExamplesMenu } from './examples-menu.js';
import mark from './mark.svg';

/** The bar above GraphiQL. A portal, because it needs GraphiQL's actions but stands before it on the page. */
export function TitleBar({ place }: { readonly place: Element }) {
  return createPortal(
    <>
      <img src={mark} alt="" width={24} height={24} />
      <h1>TwinEngine</h1>
      <ExamplesMenu />
      <Account />
    </>,
    place,
  );
}
