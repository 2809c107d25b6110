import { Room, type RoomParts } from './room.ts';
import type { StreamStatistics } from './statistics.ts';

/** The rooms of one sort of topic: each is made with its first watcher, and goes with its last. */
export class Rooms<Message extends object> {
  readonly #statistics: StreamStatistics;
  readonly #rooms = new Map<string, Room<Message>>();

  constructor(statistics: StreamStatistics) {
    this.#statistics = statistics;
  }

  /** The room of that name; `parts` say what it is if there is none yet. */
  room(name: string, parts: Omit<RoomParts<Message>, 'statistics' | 'onEmpty'>): Room<Message> {
    const known = this.#rooms.get(name);
    if (known !== undefined) return known;
    const statistics = this.#statistics;
    const onEmpty = () => {
      statistics.rooms -= 1;
      this.#rooms.delete(name);
    };
    const room = new Room({ ...parts, statistics, onEmpty });
    statistics.rooms += 1;
    this.#rooms.set(name, room);
    return room;
  }
}
