import type { AppRouter } from '@taskwire/router';
import type { AnyKind } from '@taskwire/tasks';
import type { TRPCClient } from '@trpc/client';
import { WatchedTask } from './task-store.ts';

/** Largest number of kept stores without subscribers: a page that is opened again continues at its cursor. */
const IDLE_STORES_KEPT = 100;

/** The stores of a client: one for each task and requested kind. */
export class StoreRegistry {
  readonly #trpc: TRPCClient<AppRouter>;
  readonly #stores = new Map<string, WatchedTask<AnyKind>>();

  constructor(trpc: TRPCClient<AppRouter>) {
    this.#trpc = trpc;
  }

  /** The existing store, or a new one. */
  get<Kind extends AnyKind>(taskId: string, kind: Kind | undefined): WatchedTask<Kind> {
    const key = `${kind ?? '*'} ${taskId}`;
    const known = this.#stores.get(key);
    if (known !== undefined && isOfKind(known, kind)) return known;
    this.#forgetIdle();
    const store = new WatchedTask(this.#trpc, { taskId, kind });
    this.#stores.set(key, store);
    return store;
  }

  close(): void {
    for (const store of this.#stores.values()) store.close();
    this.#stores.clear();
  }

  /** Forgets the oldest stores without subscribers. */
  #forgetIdle(): void {
    const idle = [...this.#stores].filter(([, store]) => !store.isWatched);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - IDLE_STORES_KEPT))) this.#stores.delete(key);
  }
}

function isOfKind<Kind extends AnyKind>(
  store: WatchedTask<AnyKind>,
  kind: Kind | undefined,
): store is WatchedTask<AnyKind> & WatchedTask<Kind> {
  return store.kind === kind;
}
