import type { DocumentSearch } from './ports/document-search.ts';
import type { DocumentStore } from './ports/document-store.ts';
import type { FaultReports } from './ports/fault-reports.ts';
import type { ProjectStore } from './ports/project-store.ts';
import type { SystemStatus } from './ports/system-status.ts';
import type { TaskEvents } from './ports/task-events.ts';
import type { TaskQueue } from './ports/task-queue.ts';
import type { TaskStore } from './ports/task-store.ts';
import type { UploadStore } from './ports/upload-store.ts';

/** Everything that procedures reach outside for. No connection types: the api gives implementations. */
export interface Ports {
  tasks: TaskStore;
  events: TaskEvents;
  queue: TaskQueue;
  projects: ProjectStore;
  documents: DocumentSearch;
  documentStore: DocumentStore;
  uploads: UploadStore;
  system: SystemStatus;
  /** Whether tasks of the kinds for demonstrations may be created. */
  hasDemoTasks: boolean;
  faults: FaultReports;
}

/** User of a call, as the transport established it. */
export interface Caller {
  userId: string;
  /** When (ms since 1970) the credentials of the call expire: a held answer does not outlast them. */
  expiresAt?: number;
}

/** Context of every procedure. */
export interface Context {
  ports: Ports;
  /** Absent without credentials. Bad or expired ones never come this far as a caller: `refused` says why. */
  caller?: Caller;
  /** Why the given credentials were refused, in words for the caller. */
  refused?: string;
  /** Told that a call begins; what it returns is told of the end. Calls go on although their client has left. */
  onCall?: () => () => void;
}
