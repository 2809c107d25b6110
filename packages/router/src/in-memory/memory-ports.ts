import { randomUUID } from 'node:crypto';
import { isTerminalStatus, type TaskEvent, type TaskStatus } from '@taskwire/protocol';
import { createTaskCatalog, type TaskCatalog, type TaskList } from '@taskwire/tasks';
import type { Ports } from '../context.ts';
import type { StoredProject } from '../ports/project-store.ts';
import type { NewTask, StoredTask, TaskListQuery } from '../ports/task-store.ts';
import type { SystemWorker } from '../ports/system-status.ts';
import type { StoredUpload } from '../ports/upload-store.ts';
import { MemoryLogs } from './memory-logs.ts';

/** Ports that keep everything in memory, for tests of the layers above them. A test plays the worker. */
export class MemoryPorts implements Ports {
  readonly catalog: TaskCatalog;
  readonly events = new MemoryLogs();
  readonly storedTasks = new Map<string, StoredTask>();
  readonly storedUploads = new Map<string, StoredUpload>();
  readonly storedProjects = new Map<string, StoredProject>();
  /** The tasks that no worker has taken yet. */
  readonly waiting = new Set<string>();
  /** Set by a test: the archived events of a task. */
  readonly archive = new Map<string, TaskEvent[]>();
  /** Set by a test: whether something besides tasks holds an upload. */
  isHeld: (uploadId: string) => boolean = () => false;
  /** Set by a test: called with the tasks that are deleted. */
  onDelete: (taskIds: readonly string[]) => void = () => undefined;
  /** Set by a test: takes the worker's place. */
  onEnqueue: (task: { taskId: string; kind: string }) => void = () => undefined;
  /** Set by a test: the workers that there are. */
  workers: SystemWorker[] = [];
  /** Set by a test. */
  hasDemoTasks = true;
  /** The faults that were reported. */
  readonly reported: string[] = [];
  readonly #uploadsOf = new Map<string, readonly string[]>();
  readonly #keys = new Map<string, string>();
  #clock = 1_700_000_000_000;

  /** @param tasks the kinds of the server. */
  constructor(tasks: TaskList) {
    this.catalog = createTaskCatalog(tasks);
  }

  addUpload(ownerId: string): StoredUpload {
    const upload = { uploadId: randomUUID(), ownerId, fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
    this.storedUploads.set(upload.uploadId, upload);
    return upload;
  }

  readonly tasks: Ports['tasks'] = {
    create: (task) => Promise.resolve(this.#create(task)),
    find: (taskId) => Promise.resolve(this.#current(taskId)),
    list: (query) => Promise.resolve(this.#list(query)),
    history: (taskId, { afterSeq, limit }) => {
      const archived = this.archive.get(taskId) ?? [];
      return Promise.resolve(archived.filter(({ seq }) => seq > afterSeq).slice(0, limit));
    },
    deleteEnded: (taskIds) => Promise.resolve(this.#deleteEnded(taskIds)),
    markCanceling: (taskId) => this.#mark(taskId, 'canceling'),
    recordEnd: ({ state }) => this.#mark(state.taskId, state.status),
  };

  readonly queue: Ports['queue'] = {
    enqueue: (task) => {
      this.waiting.add(task.taskId);
      this.onEnqueue(task);
      return Promise.resolve();
    },
    removeWaiting: (taskId) => {
      const taken = this.events.eventsOf(taskId).some((event) => event.type === 'started');
      return Promise.resolve(this.waiting.delete(taskId) && !taken);
    },
  };

  readonly projects: Ports['projects'] = {
    create: ({ ownerId, name }) =>
      Promise.resolve(this.#project(ownerId, name) === undefined ? this.#addProject(ownerId, name) : undefined),
    find: (projectId) => Promise.resolve(this.storedProjects.get(projectId)),
    delete: (projectId) => {
      const isUsed = [...this.storedTasks.values()].some((task) => task.projectId === projectId);
      if (!isUsed) this.storedProjects.delete(projectId);
      return Promise.resolve(!isUsed);
    },
    findOrCreateDefault: (ownerId) =>
      Promise.resolve(this.#project(ownerId, 'Default') ?? this.#addProject(ownerId, 'Default')),
    list: ({ ownerId, limit }) =>
      Promise.resolve([...this.storedProjects.values()].filter((each) => each.ownerId === ownerId).slice(0, limit)),
  };

  /** The unfinished tasks that use an upload. */
  unfinishedTasksOf(uploadId: string): string[] {
    return [...this.#uploadsOf].flatMap(([taskId, uploads]) =>
      uploads.includes(uploadId) && !this.#hasEnded(taskId) ? [taskId] : [],
    );
  }

  /** Makes ended tasks use an upload no longer. */
  release(uploadId: string): void {
    for (const [taskId, uploads] of this.#uploadsOf) {
      if (!this.#hasEnded(taskId)) continue;
      this.#uploadsOf.set(
        taskId,
        uploads.filter((each) => each !== uploadId),
      );
    }
  }

  readonly faults: Ports['faults'] = { report: (fault) => void this.reported.push(fault) };

  readonly uploads: Ports['uploads'] = {
    find: (uploadId) => Promise.resolve(this.storedUploads.get(uploadId)),
    deleteUnused: (uploadIds) => {
      const used = new Set([...this.#uploadsOf.values()].flat());
      const isUsed = (uploadId: string): boolean => used.has(uploadId) || this.isHeld(uploadId);
      for (const uploadId of uploadIds) if (!isUsed(uploadId)) this.storedUploads.delete(uploadId);
      return Promise.resolve();
    },
  };

  inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    return work();
  }

  readonly system: Ports['system'] = {
    workers: () => Promise.resolve(this.workers),
    unfinishedByKind: (ownerId) => Promise.resolve(this.#unfinishedByKind(ownerId)),
  };

  #hasEnded(taskId: string): boolean {
    return isTerminalStatus(this.#current(taskId)?.status ?? 'done');
  }

  #unfinishedByKind(ownerId: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const taskId of this.storedTasks.keys()) {
      const task = this.#current(taskId);
      if (task?.ownerId !== ownerId || isTerminalStatus(task.status)) continue;
      counts[task.kind] = (counts[task.kind] ?? 0) + 1;
    }
    return counts;
  }

  #create(task: NewTask): { task: StoredTask; created: boolean } {
    const { idempotencyKey, uploads, ...facts } = task;
    const key = `${task.ownerId} ${idempotencyKey ?? randomUUID()}`;
    const known = this.#current(this.#keys.get(key) ?? '');
    if (known !== undefined) return { task: known, created: false };
    const taskId = randomUUID();
    const stored: StoredTask = { ...facts, taskId, status: 'queued', attempt: 0, percent: 0, createdAt: this.#clock++ };
    this.storedTasks.set(taskId, stored);
    this.#keys.set(key, taskId);
    this.#uploadsOf.set(taskId, uploads);
    return { task: stored, created: true };
  }

  /** The row as a worker would have left it: from the log, if there is one. */
  #current(taskId: string): StoredTask | undefined {
    const stored = this.storedTasks.get(taskId);
    if (stored === undefined || this.events.eventsOf(taskId).length === 0) return stored;
    const { status, percent, output, error, attempt } = this.events.snapshotNow(taskId).state;
    const outcome = { ...(output === undefined ? {} : { output }), ...(error === undefined ? {} : { error }) };
    return { ...stored, status, percent, attempt, ...outcome };
  }

  #deleteEnded(asked: readonly string[]): { taskIds: string[]; uploadIds: string[] } {
    const taskIds = asked.filter((taskId) => isTerminalStatus(this.#current(taskId)?.status ?? 'queued'));
    const uploadIds = taskIds.flatMap((taskId) => this.#uploadsOf.get(taskId) ?? []);
    for (const taskId of taskIds) {
      this.storedTasks.delete(taskId);
      this.#uploadsOf.delete(taskId);
    }
    this.onDelete(taskIds);
    return { taskIds, uploadIds };
  }

  #list({ ownerId, kind, status, projectId, after, limit }: TaskListQuery): StoredTask[] {
    const wanted = (task: StoredTask): boolean =>
      task.ownerId === ownerId &&
      (kind === undefined || task.kind === kind) &&
      (status === undefined || status.includes(task.status)) &&
      (projectId === undefined || task.projectId === projectId) &&
      (after === undefined || task.createdAt < after.createdAt);
    const tasks = [...this.storedTasks.keys()].flatMap((taskId) => this.#current(taskId) ?? []);
    return tasks.filter(wanted).reverse().slice(0, limit);
  }

  #mark(taskId: string, status: TaskStatus): Promise<void> {
    const stored = this.storedTasks.get(taskId);
    if (stored !== undefined) this.storedTasks.set(taskId, { ...stored, status });
    return Promise.resolve();
  }

  #project(ownerId: string, name: string): StoredProject | undefined {
    return [...this.storedProjects.values()].find((each) => each.ownerId === ownerId && each.name === name);
  }

  #addProject(ownerId: string, name: string): StoredProject {
    const project = { projectId: randomUUID(), ownerId, name, createdAt: this.#clock++ };
    this.storedProjects.set(project.projectId, project);
    return project;
  }
}
