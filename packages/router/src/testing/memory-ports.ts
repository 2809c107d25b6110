import { randomUUID } from 'node:crypto';
import {
  isTerminalStatus,
  initialTaskState,
  fold,
  type TaskEvent,
  type TaskEventDraft,
  type TaskMessage,
  type TaskSnapshot,
} from '@taskwire/protocol';
import type { Ports } from '../context.ts';
import type { StoredProject } from '../ports/project-store.ts';
import type { AppendOutcome, TaskAddress } from '../ports/task-events.ts';
import type { StoredTask } from '../ports/task-store.ts';
import type { StoredUpload } from '../ports/upload-store.ts';

/** Ports that keep everything in memory, for tests of what stands above them. What is public may be looked at. */
export class MemoryPorts implements Ports {
  readonly storedTasks: StoredTask[] = [];
  readonly storedProjects: StoredProject[] = [];
  readonly storedUploads: StoredUpload[] = [];
  readonly logs = new Map<string, TaskEvent[]>();
  readonly waiting = new Set<string>();
  readonly expiring = new Set<string>();
  readonly #keys = new Map<string, StoredTask>();

  addUpload(ownerId: string): StoredUpload {
    const upload = { uploadId: randomUUID(), ownerId, fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
    this.storedUploads.push(upload);
    return upload;
  }

  /** Writes to a log as a worker would. */
  write(task: TaskAddress, draft: TaskEventDraft): TaskEvent {
    const log = this.logs.get(task.taskId) ?? [];
    const { taskId, projectId } = task;
    const event: TaskEvent = { taskId, projectId, seq: log.length + 1, attempt: 1, at: Date.now(), ...draft };
    this.logs.set(taskId, [...log, event]);
    return event;
  }

  readonly tasks: Ports['tasks'] = {
    create: ({ idempotencyKey, ...task }) => {
      const key = `${task.ownerId} ${idempotencyKey ?? randomUUID()}`;
      const existing = this.#keys.get(key);
      if (existing !== undefined) return Promise.resolve({ task: existing, created: false });
      const createdAt = Date.now() + this.storedTasks.length;
      const stored: StoredTask = { ...task, taskId: randomUUID(), status: 'queued', attempt: 0, percent: 0, createdAt };
      this.storedTasks.push(stored);
      this.#keys.set(key, stored);
      return Promise.resolve({ task: stored, created: true });
    },
    find: (taskId) => Promise.resolve(this.storedTasks.find((task) => task.taskId === taskId)),
    list: ({ ownerId, limit, after, status, kind, projectId }) => {
      const mine = this.storedTasks.filter((task) => task.ownerId === ownerId).reverse();
      const matching = mine
        .filter((task) => status === undefined || status.includes(task.status))
        .filter((task) => kind === undefined || task.kind === kind)
        .filter((task) => projectId === undefined || task.projectId === projectId)
        .filter((task) => after === undefined || task.createdAt < after.createdAt);
      return Promise.resolve(matching.slice(0, limit));
    },
    markCanceling: (taskId) => this.#mark(taskId, 'canceling'),
    recordEnd: ({ state }) => this.#mark(state.taskId, state.status),
  };

  readonly events: Ports['events'] = {
    open: (task, event) => {
      if (this.logs.has(task.taskId)) return Promise.resolve({ written: false, reason: 'not-empty' });
      return this.#append(task, event);
    },
    append: (task, event) => this.#append(task, event),
    snapshot: (task) => Promise.resolve(this.#snapshot(task)),
    expire: (task) => Promise.resolve(void this.expiring.add(task.taskId)),
    follow: (task, cursor) => this.#follow(task, cursor),
  };

  readonly queue: Ports['queue'] = {
    enqueue: ({ taskId }) => Promise.resolve(void this.waiting.add(taskId)),
    removeWaiting: (taskId) => Promise.resolve(this.waiting.delete(taskId)),
  };

  readonly projects: Ports['projects'] = {
    create: ({ ownerId, name }) => {
      const taken = this.storedProjects.some((project) => project.ownerId === ownerId && project.name === name);
      return Promise.resolve(taken ? undefined : this.#addProject(ownerId, name));
    },
    find: (projectId) => Promise.resolve(this.storedProjects.find((project) => project.projectId === projectId)),
    findOrCreateDefault: (ownerId) => {
      const existing = this.storedProjects.find((project) => project.ownerId === ownerId && project.name === 'Default');
      return Promise.resolve(existing ?? this.#addProject(ownerId, 'Default'));
    },
    list: ({ ownerId, limit }) =>
      Promise.resolve(this.storedProjects.filter((project) => project.ownerId === ownerId).slice(0, limit)),
  };

  readonly documents: Ports['documents'] = { search: () => Promise.resolve([]) };

  readonly uploads: Ports['uploads'] = {
    find: (uploadId) => Promise.resolve(this.storedUploads.find((upload) => upload.uploadId === uploadId)),
  };

  #addProject(ownerId: string, name: string): StoredProject {
    const project = { projectId: randomUUID(), ownerId, name, createdAt: Date.now() };
    this.storedProjects.push(project);
    return project;
  }

  #mark(taskId: string, status: StoredTask['status']): Promise<void> {
    const task = this.storedTasks.find((each) => each.taskId === taskId);
    if (task !== undefined && !isTerminalStatus(task.status)) task.status = status;
    return Promise.resolve();
  }

  #append(task: TaskAddress, draft: TaskEventDraft): Promise<AppendOutcome> {
    const last = this.logs.get(task.taskId)?.at(-1);
    const ended = last !== undefined && ['done', 'error', 'canceled'].includes(last.type);
    if (ended) return Promise.resolve({ written: false, reason: 'ended' });
    return Promise.resolve({ written: true, seq: this.write(task, draft).seq });
  }

  #snapshot(task: TaskAddress): TaskSnapshot {
    const events = this.logs.get(task.taskId) ?? [];
    const kind = this.storedTasks.find((each) => each.taskId === task.taskId)?.kind ?? '';
    const { taskId, projectId } = task;
    return { seq: events.length, state: fold(initialTaskState({ taskId, projectId, kind }), events) };
  }

  /** What is in the log now, and the end: enough for procedures, which add nothing to a stream. */
  async *#follow(task: TaskAddress, cursor: number | undefined): AsyncGenerator<TaskMessage> {
    if (cursor === undefined) yield { type: 'snapshot', ...this.#snapshot(task) };
    else yield* (this.logs.get(task.taskId) ?? []).slice(cursor);
    await Promise.resolve();
  }
}
