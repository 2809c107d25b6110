import type { Connection } from '../connection/connection.ts';

/** Connections of a broadcast with the same filter and the same delivered seq: they get the same bytes. */
export interface WatcherGroup<Filter> {
  readonly filter: Filter | undefined;
  /** Tells filters apart; empty without one. */
  readonly filterKey: string;
  deliveredSeq: number;
  readonly connections: Set<Connection>;
}

/** The groups of a broadcast. Groups that reach the same seq under the same filter become one. */
export class WatcherGroups<Filter> {
  #groups = new Map<string, WatcherGroup<Filter>>();
  readonly #groupOf = new Map<Connection, WatcherGroup<Filter>>();

  /** Takes out every group. A group that still has connections at the leader's position is put back. */
  takeAll(): readonly WatcherGroup<Filter>[] {
    const groups = [...this.#groups.values()];
    this.#groups = new Map();
    return groups;
  }

  /** Puts a group back. An empty one is dropped. */
  put(group: WatcherGroup<Filter>): void {
    if (group.connections.size === 0) return;
    const key = keyOf(group);
    const known = this.#groups.get(key);
    if (known === undefined) this.#groups.set(key, group);
    else for (const connection of group.connections) this.#move(connection, known);
  }

  join(connection: Connection, place: Omit<WatcherGroup<Filter>, 'connections'>): void {
    const key = keyOf(place);
    const group = this.#groups.get(key) ?? { ...place, connections: new Set<Connection>() };
    this.#groups.set(key, group);
    this.#move(connection, group);
  }

  leave(connection: Connection): void {
    const group = this.#groupOf.get(connection);
    if (group === undefined) return;
    this.#groupOf.delete(connection);
    group.connections.delete(connection);
    const key = keyOf(group);
    if (group.connections.size === 0 && this.#groups.get(key) === group) this.#groups.delete(key);
  }

  #move(connection: Connection, group: WatcherGroup<Filter>): void {
    group.connections.add(connection);
    this.#groupOf.set(connection, group);
  }
}

function keyOf({ deliveredSeq, filterKey }: { deliveredSeq: number; filterKey: string }): string {
  return `${deliveredSeq} ${filterKey}`;
}
