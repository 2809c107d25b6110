/** A value with change notifications, in the shape of React's useSyncExternalStore. */
export interface ReadableStore<Value> {
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe: (listener: () => void) => () => void;
  /** The current value: the same object until it changes. */
  getSnapshot: () => Value;
}

export interface ValueStore<Value> extends ReadableStore<Value> {
  set: (value: Value) => void;
}

/** A store of one value. */
export function createValueStore<Value>(initial: Value): ValueStore<Value> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    subscribe(listener) {
      const entry = (): void => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    getSnapshot: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
