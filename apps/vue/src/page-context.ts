import type { WebPage } from '@taskwire/web-kit';
import { inject, type InjectionKey } from 'vue';

export const pageKey: InjectionKey<WebPage> = Symbol('page');

/** The page that all components are on. @throws Error outside of it. */
export function usePage(): WebPage {
  const page = inject(pageKey, undefined);
  if (page === undefined) throw new Error('no page was provided to this app');
  return page;
}
