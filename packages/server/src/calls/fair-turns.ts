import { TaskwireError } from '@taskwire/protocol';
import type { CallStatistics } from './call-limits.ts';

export interface TurnSettings {
  /** Most works that run at once. */
  most: number;
  /** Most running works of one user. */
  mostPerUser: number;
  /** Most waiting works of one user. */
  mostWaitingPerUser: number;
}

interface UserTurns {
  running: number;
  waiting: (() => void)[];
}

/**
 * Runs a bounded number of works at once. A free place goes to the waiting users in turn, one work each: a user with many
 * works waits for these and does not delay others.
 */
export class FairTurns {
  readonly #settings: TurnSettings;
  readonly #statistics: CallStatistics;
  /** Users with running or waiting works. The first one has the next turn. */
  readonly #users = new Map<string, UserTurns>();
  #running = 0;

  constructor(settings: TurnSettings, statistics: CallStatistics) {
    this.#settings = settings;
    this.#statistics = statistics;
  }

  /** Runs a work once it is its turn. @throws TaskwireError TOO_MANY_REQUESTS; and the errors of the work. */
  async run<Value>(userId: string, work: () => Promise<Value>): Promise<Value> {
    const user = this.#users.get(userId) ?? { running: 0, waiting: [] };
    this.#users.set(userId, user);
    if (this.#hasPlace(user)) this.#begin(user);
    else await this.#turn(user);
    try {
      return await work();
    } finally {
      this.#end(userId, user);
    }
  }

  #hasPlace({ running }: UserTurns): boolean {
    return this.#running < this.#settings.most && running < this.#settings.mostPerUser;
  }

  #begin(user: UserTurns): void {
    user.running += 1;
    this.#running += 1;
  }

  async #turn({ waiting }: UserTurns): Promise<void> {
    const { mostWaitingPerUser } = this.#settings;
    if (waiting.length >= mostWaitingPerUser) {
      throw new TaskwireError(
        'TOO_MANY_REQUESTS',
        `${waiting.length} of your calls wait already: wait for answers first`,
      );
    }
    this.#statistics.waiting += 1;
    await new Promise<void>((resolve) => void waiting.push(resolve));
    this.#statistics.waiting -= 1;
  }

  #end(userId: string, user: UserTurns): void {
    user.running -= 1;
    this.#running -= 1;
    if (user.running === 0 && user.waiting.length === 0) this.#users.delete(userId);
    this.#next();
  }

  /** Gives free places to waiting users; each then goes to the end of the line. */
  #next(): void {
    for (const [userId, user] of this.#users) {
      if (this.#running >= this.#settings.most) return;
      if (!this.#hasPlace(user)) continue;
      const begin = user.waiting.shift();
      if (begin === undefined) continue;
      this.#begin(user);
      this.#users.delete(userId);
      this.#users.set(userId, user);
      begin();
    }
  }
}
