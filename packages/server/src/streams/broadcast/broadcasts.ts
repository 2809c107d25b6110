import type { EncodingBudget } from './encoding-budget.ts';
import { Broadcast, type BroadcastDependencies } from './broadcast.ts';
import type { StreamStatistics } from '../statistics.ts';

/** The broadcasts of all tasks, or of all topics. The first connection makes a broadcast; the last removes it. */
export class Broadcasts<Message extends { readonly seq: number }, Filter = never> {
  readonly #shared: { statistics: StreamStatistics; budget: EncodingBudget };
  readonly #broadcasts = new Map<string, Broadcast<Message, Filter>>();

  constructor(shared: { statistics: StreamStatistics; budget: EncodingBudget }) {
    this.#shared = shared;
  }

  /** The broadcast of that name, made of `dependencies` if there is none. */
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
