import type { WebPage } from '@taskwire/web-kit';
import { createContext, useContext } from 'react';

export const PageContext = createContext<WebPage | undefined>(undefined);

/** The page that all components are on. @throws Error outside of it. */
export function usePage(): WebPage {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('there is no PageContext around this component');
  return page;
}
