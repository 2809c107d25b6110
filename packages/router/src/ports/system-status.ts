/** A worker process that was seen within the last day. Times are milliseconds since 1970. */
export interface SystemWorker {
  workerId: string;
  version: string;
  /** The kinds that it can run. */
  kinds: readonly string[];
  startedAt: number;
  lastBeatAt: number;
  /** Whether it beats. */
  isAlive: boolean;
}

/** What is known of the workers and of the work that waits for them. */
export interface SystemStatus {
  /** The one with the latest beat first. */
  workers(): Promise<readonly SystemWorker[]>;
  /** How many unfinished tasks of an owner there are, by kind. */
  unfinishedByKind(ownerId: string): Promise<Readonly<Record<string, number>>>;
}
