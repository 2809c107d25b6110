import type { ReadableStore } from '@taskwire/web-kit';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

/** The value of a store, now and after each change. */
export function useStore<Value>(store: ReadableStore<Value>): Readonly<ShallowRef<Value>> {
  const value = shallowRef(store.getSnapshot());
  onScopeDispose(
    store.subscribe(() => {
      value.value = store.getSnapshot();
    }),
  );
  return value;
}
