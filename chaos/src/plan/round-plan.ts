import type { Deed } from '../misdeeds/deed-names.ts';

/** Times are milliseconds from the round's begin. */

export const TASK_KINDS = ['demo.count', 'demo.text', 'demo.burn', 'document.ingest'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** Input of a task of the round, and its creation time. */
export interface PlannedTask {
  kind: TaskKind;
  atMs: number;
  /** For `document.ingest`: the name of an example document, which is uploaded first. */
  document?: string;
  input: Readonly<Record<string, unknown>>;
  /** When its owner asks for a cancel, counted from its creation. */
  cancelAfterMs?: number;
  /** Forbidden deed of its handler. */
  deed?: Deed;
  /** Whether it may end in error: its own handler does wrong, however often it is tried. */
  mayFail?: true;
}

/** The transports through which a watcher may come in. */
export const TRANSPORTS = ['trpc', 'sse', 'poll', 'cli', 'client'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const SUBJECTS = ['task', 'project', 'owner'] as const;

/** Types of events by which watchers of a project filter. */
export type WatchedType = 'progress' | 'stage' | 'started' | 'done' | 'error' | 'canceled';

/** Subject of a watcher: a task by its place in `tasks`, or one of the two topics. */
export type Subject =
  | { of: 'task'; task: number }
  | { of: 'project'; types?: readonly WatchedType[]; stages?: readonly string[] }
  | { of: 'owner' };

/** A watcher: how, what, from when on, and when it leaves and comes back by its cursor. */
export interface PlannedWatcher {
  name: string;
  transport: Transport;
  subject: Subject;
  /** For a task: counted from its creation. */
  startMs: number;
  breaks: readonly { afterMs: number; forMs: number }[];
  /** Which of the proxies towards the apis it goes through. */
  gate: number;
}

/** Numbers of workers, apis and gates of a run. */
export const WORKERS = 2;
export const APIS = 2;
export const GATES = 3;

export const FAULT_KINDS = [
  'worker-kill',
  'worker-stop',
  'worker-restart',
  'api-kill',
  'api-stop',
  'api-restart',
  'redis-kill',
  'redis-flush',
  'redis-cut',
  'redis-stall',
  'postgres-cut',
  'postgres-stall',
  'watchers-cut',
  'watchers-stall',
  'trim',
  'worker-alone',
  'worker-long-stop',
  'worker-old',
  'redis-long-stop',
  'redis-full',
  'row-spoil',
  'task-block',
  'task-crash',
  'task-hostile',
  'watchers-answer',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that is broken on purpose, and for how long. */
export interface PlannedFault {
  kind: FaultKind;
  atMs: number;
  /** 0 for a fault that is over at once. */
  forMs: number;
  /** Which worker, api or gate; for connections to a server, whose: workers first, then apis. */
  target: number;
  /** For `row-spoil` and `watchers-answer`: in what way. For faults that are tasks: the deeds. */
  how?: readonly string[];
}

export interface RoundPlan {
  seed: number;
  round: number;
  tasks: readonly PlannedTask[];
  watchers: readonly PlannedWatcher[];
  faults: readonly PlannedFault[];
}
