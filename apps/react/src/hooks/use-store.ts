import type { ReadableStore } from '@taskwire/web-kit';
import { useSyncExternalStore } from 'react';

/** The value of a store, now and after each change. */
export function useStore<Value>(store: ReadableStore<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
