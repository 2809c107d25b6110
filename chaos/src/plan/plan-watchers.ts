import type { Random } from '../random.ts';
import {
  GATES,
  type Transport,
  type PlannedTask,
  type PlannedWatcher,
  type Subject,
  type WatchedType,
} from './round-plan.ts';

/** Processes are dear: a round has at most this many. */
const MOST_CLI_WATCHERS = 2;

const STREAMS: readonly (readonly [Transport, number])[] = [
  ['trpc', 4],
  ['sse', 3],
  ['client', 2],
];

const TYPES: readonly (readonly WatchedType[])[] = [['progress'], ['started', 'done', 'error', 'canceled'], ['stage']];

interface WatcherLimits {
  transports: readonly Transport[];
  subjects: readonly Subject['of'][];
}

/** Two dozens and more watchers: two to four for each task, and some for the project and for all tasks. */
export function planWatchers(random: Random, tasks: readonly PlannedTask[], limits: WatcherLimits): PlannedWatcher[] {
  const planned = new WatcherPlanner(random, limits.transports);
  tasks.forEach((_, task) => {
    const count = random.int(2, 4);
    for (let number = 0; number < count; number += 1) planned.add({ of: 'task', task });
  });
  planned.add({ of: 'project' });
  planned.add({ of: 'project' });
  planned.add({
    of: 'project',
    types: random.pick(TYPES),
  });
  planned.add({ of: 'project', stages: random.pick([['count'], ['parse', 'index'], ['draft', 'polish']]) });
  planned.add({ of: 'owner' });
  planned.add({ of: 'owner' });
  return planned.watchers.filter(({ subject }) => limits.subjects.includes(subject.of));
}

class WatcherPlanner {
  readonly watchers: PlannedWatcher[] = [];
  readonly #random: Random;
  readonly #transports: readonly Transport[];
  #cliWatchers = 0;

  constructor(random: Random, transports: readonly Transport[]) {
    this.#random = random;
    this.#transports = transports;
  }

  add(subject: Subject): void {
    const random = this.#random;
    const transport = this.#transport(subject);
    // Some are there before the first event, some come late, some when all is over.
    const startMs = random.weighted([
      [0, 5],
      [random.int(1, 1_500), 3],
      [random.int(1_500, 4_500), 2],
    ]);
    const breaks = random.chance(30) ? [{ afterMs: random.int(200, 3_000), forMs: random.int(10, 2_000) }] : [];
    const name = `${String(this.watchers.length + 1).padStart(2, '0')}-${transport}-${subject.of}`;
    this.watchers.push({ name, transport, subject, startMs, breaks, gate: random.int(0, GATES - 1) });
  }

  #transport(subject: Subject): Transport {
    const wanted = subject.of === 'task' ? this.#taskTransport() : this.#random.weighted(STREAMS);
    return this.#transports.includes(wanted) ? wanted : this.#random.pick(this.#openTo(subject));
  }

  /** The transports that there are to a subject. */
  #openTo(subject: Subject): readonly Transport[] {
    const fit = this.#transports.filter(
      (transport) => subject.of === 'task' || STREAMS.some(([stream]) => stream === transport),
    );
    return fit.length > 0 ? fit : ['trpc'];
  }

  #taskTransport(): Transport {
    if (this.#cliWatchers < MOST_CLI_WATCHERS && this.#random.chance(8)) {
      this.#cliWatchers += 1;
      return 'cli';
    }
    return this.#random.weighted([...STREAMS, ['poll', 2]]);
  }
}
