import type { UploadStorage } from '@taskwire/uploads';
import type { Logger } from 'pino';

/** Services of a worker for its extensions. */
export interface WorkerServices {
  /** The address of PostgreSQL. An extension opens its own connections, and closes them. */
  databaseUrl: string;
  /** The storage of uploads. The worker closes it. */
  storage: UploadStorage;
  /** Number of tasks that the worker runs at once. */
  concurrency: number;
  logger: Logger;
}

/** Work beside tasks, and the services of handlers: an index that is kept up to date, connections to another database. */
export interface WorkerExtension {
  /** For log lines. */
  readonly name: string;
  /** Called once, before the worker takes its first task. If it fails, the worker does not start. */
  start?(services: WorkerServices): void | Promise<void>;
  /**
   * Called once, when the worker runs no task any more, also if `start` failed, has not ended or was not called. Its promise
   * resolves within 5 s.
   */
  close?(): Promise<void>;
}
