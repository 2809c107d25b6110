import type { TopicBatch, TopicLog } from './topic-log.ts';

/** Batches read at a time. */
const PAGE = 50;

/** Whose project's topic is handed on. */
export interface RelayRoute {
  projectId: string;
  ownerId: string;
}

/**
 * Hands what the topics of projects tell on to the topics of their owners. Any process may do that at any time: each event
 * is handed over once, in order. A crash in between delays it until the next hand-over of the same project.
 */
export class Relay {
  readonly #topics: TopicLog;
  /** By project: what is being handed over, and whether more came meanwhile. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();

  constructor(topics: TopicLog) {
    this.#topics = topics;
  }

  /** Hands over everything that the project's topic has by now. */
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

  /** Hands over without a wait if there are events to relay. If that fails, the next hand-over of the project includes them. */
  relaySoon({ projectId, ownerId }: RelayRoute, relayCount: number): void {
    if (relayCount > 0) this.relay({ projectId, ownerId }).catch(() => undefined);
  }

  /** Resolves once nothing is being handed over. */
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
      const leap = after !== undefined && batches[0]?.firstSeq !== after + 1;
      const handOver = { projectId, after, through: last.lastSeq, leap, ...relayedIn(batches) };
      const done = await this.#topics.handOver(ownerId, handOver);
      after = done ? last.lastSeq : await this.#topics.relayedThrough(ownerId, projectId);
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
