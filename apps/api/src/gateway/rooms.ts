import type { EncodingBudget } from './encoding-budget.ts';
import { Room, type RoomDependencies } from './room.ts';
import type { StreamStatistics } from './statistics.ts';

/** The rooms of one sort of topic: each is made with its first watcher, and goes with its last. */
export class Rooms<Message extends { readonly seq: number }, Filter = never> {
  readonly #shared: { statistics: StreamStatistics; budget: EncodingBudget };
  readonly #rooms = new Map<string, Room<Message, Filter>>();

  constructor(shared: { statistics: StreamStatistics; budget: EncodingBudget }) {
    this.#shared = shared;
  }

  /** The room of that name; `dependencies` say what it is if there is none yet. */
  room(
    name: string,
    dependencies: Omit<RoomDependencies<Message, Filter>, 'statistics' | 'budget' | 'onEmpty'>,
  ): Room<Message, Filter> {
    const known = this.#rooms.get(name);
    if (known !== undefined) return known;
    const { statistics } = this.#shared;
    const onEmpty = () => {
      statistics.rooms -= 1;
      this.#rooms.delete(name);
    };
    const room = new Room({ ...dependencies, ...this.#shared, onEmpty });
    statistics.rooms += 1;
    this.#rooms.set(name, room);
    return room;
  }
}
