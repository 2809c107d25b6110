import type { EncodingBudget } from './encoding-budget.ts';
import { Broadcast, type BroadcastDependencies } from './broadcast.ts';
import type { StreamStatistics } from '../statistics.ts';

/** The broadcasts of one sort of topic: each is made with its first watcher, and goes with its last. */
export class Broadcasts<Message extends { readonly seq: number }, Filter = never> {
  readonly #shared: { statistics: StreamStatistics; budget: EncodingBudget };
  readonly #broadcasts = new Map<string, Broadcast<Message, Filter>>();

  constructor(shared: { statistics: StreamStatistics; budget: EncodingBudget }) {
    this.#shared = shared;
  }

  /** The broadcast of that name; `dependencies` say what it is if there is none yet. */
  broadcast(
    name: string,
    dependencies: Omit<BroadcastDependencies<Message, Filter>, 'statistics' | 'budget' | 'onEmpty'>,
  ): Broadcast<Message, Filter> {
    const known = this.#broadcasts.get(name);
    if (known !== undefined) return known;
    const { statistics } = this.#shared;
    const onEmpty = () => {
      statistics.broadcasts -= 1;
      this.#broadcasts.delete(name);
    };
    const broadcast = new Broadcast({ ...dependencies, ...this.#shared, onEmpty });
    statistics.broadcasts += 1;
    this.#broadcasts.set(name, broadcast);
    return broadcast;
  }
}
