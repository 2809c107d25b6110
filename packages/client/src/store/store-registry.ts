import type { TaskSelection } from '@taskwire/tasks';
import { selectionKey } from '../tasks/selection.ts';
import type { Procedures } from '../transport/procedures.ts';
import { storeOf } from './type-assertions.ts';
import { WatchedTask } from './task-store.ts';

/** Largest number of kept stores without subscribers: a page that is opened again continues at its cursor. */
const IDLE_STORES_KEPT = 100;

/** The part of a store that the registry uses. */
type KnownStore = Pick<WatchedTask<undefined>, 'isWatched' | 'close'>;

/** The stores of a client: one for each task and each selection of kinds. */
export class StoreRegistry {
  readonly #procedures: Procedures;
  readonly #stores = new Map<string, KnownStore>();

  constructor(procedures: Procedures) {
    this.#procedures = procedures;
  }

  /** The existing store, or a new one. Selections of the same kinds share a store. */
  get<Selection extends TaskSelection>(taskId: string, selection: Selection): WatchedTask<Selection> {
    const key = `${selectionKey(selection)} ${taskId}`;
    const known = this.#stores.get(key);
    if (known !== undefined) return storeOf<Selection>(known);
    this.#forgetIdle();
    const store = new WatchedTask(this.#procedures, { taskId, selection });
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
