import { within } from '@taskwire/process-kit';

/** Longest wait (ms) for PostgreSQL and Redis: a scrape must get its other figures. */
const LONGEST_WAIT_MS = 2_000;
/** Time (ms) for which figures are reused: any caller may ask for them, and each read queries PostgreSQL and Redis. */
const GOOD_FOR_MS = 10_000;

/** Sources of the workers' figures. */
export interface FleetSources {
  workers: () => Promise<readonly { isAlive: boolean; kinds: readonly string[] }[]>;
  /** Counts the unfinished tasks, by kind. */
  unfinishedByKind: () => Promise<Readonly<Record<string, number>>>;
}

/** The workers whose heartbeats arrive, and the unfinished tasks, by kind, that none of them knows. */
export interface FleetFigures {
  workers: number;
  waiting: Readonly<Record<string, number>>;
}

/** The figures of the workers, asked for every few seconds at most. */
export class FleetMonitor {
  readonly #sources: FleetSources;
  #figures: Promise<FleetFigures | undefined> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(sources: FleetSources) {
    this.#sources = sources;
  }

  /** Undefined while PostgreSQL or Redis does not answer in time: no figure is better than an old one. */
  figures(): Promise<FleetFigures | undefined> {
    if (this.#figures === undefined || performance.now() - this.#askedAt > GOOD_FOR_MS) {
      this.#askedAt = performance.now();
      const late = () => new Error(`no figures within ${LONGEST_WAIT_MS} ms`);
      this.#figures = within(LONGEST_WAIT_MS, this.#ask(), late).catch(() => undefined);
    }
    return this.#figures;
  }

  async #ask(): Promise<FleetFigures> {
    const [workers, unfinished] = await Promise.all([this.#sources.workers(), this.#sources.unfinishedByKind()]);
    const alive = workers.filter(({ isAlive }) => isAlive);
    const known = new Set(alive.flatMap(({ kinds }) => kinds));
    const waiting = Object.entries(unfinished).filter(([kind]) => !known.has(kind));
    return { workers: alive.length, waiting: Object.fromEntries(waiting) };
  }
}
