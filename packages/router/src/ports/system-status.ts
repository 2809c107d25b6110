/** A worker process that was seen within the last day. Times are milliseconds since 1970. */
export interface SystemWorker {
  workerId: string;
  version: string;
  /** The kinds that it can run. */
  kinds: readonly string[];
  startedAt: number;
  lastHeartbeatAt: number;
  /** Whether its heartbeats arrive. */
  isAlive: boolean;
}

/** Status of the workers, and of the work that waits for them. */
export interface SystemStatus {
  /** The one with the latest heartbeat first. */
  workers(): Promise<readonly SystemWorker[]>;
  /** Counts the unfinished tasks of an owner, by kind. */
  unfinishedByKind(ownerId: string): Promise<Readonly<Record<string, number>>>;
}
