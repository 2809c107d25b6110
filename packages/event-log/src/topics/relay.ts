import type { TopicBatch, TopicLog } from './topic-log.ts';

/** Most batches of one relay step. */
const PAGE = 50;

/** A project's topic and the owner whose topic it is relayed to. */
export interface RelayRoute {
  projectId: string;
  ownerId: string;
}

/**
 * Relays events from the topics of projects to the topics of their owners. Any process may do that at any time: each event
 * is relayed once, in order. After a crash, the next relay of the same project includes the rest.
 */
export class Relay {
  readonly #topics: TopicLog;
  /** By project: the relay that is under way, and whether to relay once more after it. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();

  constructor(topics: TopicLog) {
    this.#topics = topics;
  }

  /** Relays all new events of the project's topic. */
  relay(route: RelayRoute): Promise<void> {
    const running = this.#running.get(route.projectId);
    if (running !== undefined) {
      this.#again.add(route.projectId);
      return running;
    }
    const done = this.#relayUntilQuiet(route);
    this.#running.set(route.projectId, done);
    return done;
  }

  /** Relays in the background if there are events to relay. After a failure, the next relay of the project includes them. */
  relaySoon({ projectId, ownerId }: RelayRoute, relayCount: number): void {
    if (relayCount > 0) this.relay({ projectId, ownerId }).catch(() => undefined);
  }

  /** Resolves once no relay is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }

  async #relayUntilQuiet(route: RelayRoute): Promise<void> {
    try {
      do {
        this.#again.delete(route.projectId);
        await this.#relayAll(route);
      } while (this.#again.has(route.projectId));
    } finally {
      this.#running.delete(route.projectId);
    }
  }

  async #relayAll({ projectId, ownerId }: RelayRoute): Promise<void> {
    let after = await this.#topics.relayedThrough(ownerId, projectId);
    for (;;) {
      const batches = await this.#topics.batches({ projectId }, after ?? 0, PAGE);
      const last = batches.at(-1);
      if (last === undefined) return;
      const isLeap = after !== undefined && batches[0]?.firstSeq !== after + 1;
      const step = { projectId, after, through: last.lastSeq, isLeap, ...relayedIn(batches) };
      const isDone = await this.#topics.relay(ownerId, step);
      after = isDone ? last.lastSeq : await this.#topics.relayedThrough(ownerId, projectId);
    }
  }
}

function relayedIn(batches: readonly TopicBatch[]): { lines: string[]; summaries: [string, string][] } {
  const relayed = batches.filter((batch) => batch.relayIndexes.length > 0);
  return {
    lines: relayed.flatMap(({ lines, relayIndexes }) => relayIndexes.flatMap((index) => lines[index] ?? [])),
    summaries: relayed.map(({ taskId, summary }) => [taskId, summary]),
  };
}
