import type { TaskCatalog } from '@taskwire/tasks';
import type { ProjectStore } from './ports/project-store.ts';
import type { SystemStatus } from './ports/system-status.ts';
import type { TaskEvents } from './ports/task-events.ts';
import type { TaskQueue } from './ports/task-queue.ts';
import type { TaskStore } from './ports/task-store.ts';
import type { UploadStore } from './ports/upload-store.ts';

/** Reports of faults that do not concern the caller: the call was accepted all the same. */
export interface FaultReports {
  /** @param details names what the fault is about. */
  report(fault: string, details: { taskId?: string; projectId?: string; err: unknown }): void;
}

/** Everything outside that procedures use, without connection types. The server implements it. */
export interface Ports {
  /** The kinds of the server: those that its router was made with. */
  catalog: TaskCatalog;
  tasks: TaskStore;
  events: TaskEvents;
  queue: TaskQueue;
  projects: ProjectStore;
  uploads: UploadStore;
  system: SystemStatus;
  /** Whether tasks of the kinds for demonstrations may be created. */
  hasDemoTasks: boolean;
  faults: FaultReports;
  /**
   * Runs a use of a database once it is the caller's turn, so that a caller with many calls does not delay others. The
   * ports above do so by themselves; own procedures call it for databases of their own.
   * @throws TaskwireError TOO_MANY_REQUESTS if too many of the caller's calls wait; and the errors of `work`.
   */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** User of a call, as the transport established it. */
export interface Caller {
  userId: string;
  /** Time (ms since 1970) at which the call's credentials expire. A held answer ends by then. */
  expiresAt?: number;
}

/** A call as procedures see it. */
export interface CallContext {
  ports: Ports;
  /** Absent without credentials, and for bad or expired ones. */
  caller?: Caller;
  /** Reason for which the credentials were refused, in words for the caller. */
  refused?: string;
  /** Instruction for sending credentials, for a caller who has sent none. */
  signInHint?: string;
  /**
   * Called when a call begins; the returned function is called when it ends. A call goes on if its client leaves.
   * @throws TaskwireError if the caller has too many.
   */
  onCall?: () => () => void;
}

/**
 * Context of every procedure: one member, so that the router can stand in another tRPC router, whose context has members
 * of its own.
 */
export interface Context {
  taskwire: CallContext;
}
