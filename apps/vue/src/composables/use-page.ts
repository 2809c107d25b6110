import type { ReadableStore, WebPage } from '@taskwire/web-kit';
import { inject, onScopeDispose, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

export const pageKey: InjectionKey<WebPage> = Symbol('page');

/** The page of the app. @throws Error if the app was given none. */
export function usePage(): WebPage {
  const page = inject(pageKey, undefined);
  if (page === undefined) throw new Error('no page was provided to this app');
  return page;
}

/** The value of a store, updated after each change. */
export function useStore<Value>(store: ReadableStore<Value>): Readonly<ShallowRef<Value>> {
  const value = shallowRef(store.getSnapshot());
  onScopeDispose(
    store.subscribe(() => {
      value.value = store.getSnapshot();
    }),
  );
  return value;
}
