import { randomUUID } from 'node:crypto';
import type { TaskStatus } from '@taskwire/protocol';
import type {
  NewTask,
  Ports,
  SearchHit,
  StoredProject,
  StoredTask,
  StoredUpload,
  TaskListQuery,
} from '@taskwire/router';
import type { TaskKind } from '@taskwire/tasks';
import { FakeLogs } from './fake-log.ts';

/** Everything that the router reaches outside for, in memory. */
export class FakePorts implements Ports {
  readonly events = new FakeLogs();
  readonly storedTasks = new Map<string, StoredTask>();
  readonly storedUploads = new Map<string, StoredUpload>();
  readonly #projects = new Map<string, StoredProject>();
  readonly #keys = new Map<string, string>();
  #clock = 1_700_000_000_000;
  /** Set by a test: what every search finds. */
  hits: SearchHit[] = [];
  /** Set by a test: takes the worker's place. */
  onEnqueue: (task: { taskId: string; kind: TaskKind }) => void = () => undefined;

  readonly tasks: Ports['tasks'] = {
    create: (task) => Promise.resolve(this.#create(task)),
    find: (taskId) => Promise.resolve(this.#current(taskId)),
    list: (query) => Promise.resolve(this.#list(query)),
    markCanceling: (taskId) => this.#mark(taskId, 'canceling'),
    recordEnd: ({ state }) => this.#mark(state.taskId, state.status),
  };

  readonly queue: Ports['queue'] = {
    enqueue: (task) => Promise.resolve(this.onEnqueue(task)),
    removeWaiting: () => Promise.resolve(false),
  };

  readonly projects: Ports['projects'] = {
    create: () => Promise.resolve(undefined),
    find: (projectId) => Promise.resolve(this.#projects.get(projectId)),
    findOrCreateDefault: (ownerId) => Promise.resolve(this.#defaultProject(ownerId)),
    list: () => Promise.resolve([...this.#projects.values()]),
  };

  readonly documents: Ports['documents'] = { search: () => Promise.resolve(this.hits) };

  readonly uploads: Ports['uploads'] = { find: (uploadId) => Promise.resolve(this.storedUploads.get(uploadId)) };

  #create(task: NewTask): { task: StoredTask; created: boolean } {
    const known = this.storedTasks.get(this.#keys.get(task.idempotencyKey ?? '') ?? '');
    if (known !== undefined) return { task: known, created: false };
    const { idempotencyKey, ...facts } = task;
    const taskId = randomUUID();
    const stored: StoredTask = { ...facts, taskId, status: 'queued', attempt: 0, percent: 0, createdAt: this.#clock++ };
    this.storedTasks.set(taskId, stored);
    if (idempotencyKey !== undefined) this.#keys.set(idempotencyKey, taskId);
    return { task: stored, created: true };
  }

  /** The row as a worker would have left it: from the log. */
  #current(taskId: string): StoredTask | undefined {
    const stored = this.storedTasks.get(taskId);
    if (stored === undefined) return undefined;
    const { status, percent, output, error, attempt } = this.events.snapshotNow(taskId).state;
    const outcome = { ...(output === undefined ? {} : { output }), ...(error === undefined ? {} : { error }) };
    return { ...stored, status, percent, attempt, ...outcome };
  }

  #list(query: TaskListQuery): StoredTask[] {
    const { ownerId, kind, status, after, limit } = query;
    return [...this.storedTasks.keys()]
      .flatMap((taskId) => this.#current(taskId) ?? [])
      .filter((task) => task.ownerId === ownerId)
      .filter((task) => kind === undefined || task.kind === kind)
      .filter((task) => status === undefined || status.includes(task.status))
      .filter((task) => after === undefined || task.createdAt < after.createdAt)
      .reverse()
      .slice(0, limit);
  }

  #mark(taskId: string, status: TaskStatus): Promise<void> {
    const stored = this.storedTasks.get(taskId);
    if (stored !== undefined) this.storedTasks.set(taskId, { ...stored, status });
    return Promise.resolve();
  }

  #defaultProject(ownerId: string): StoredProject {
    const known = [...this.#projects.values()].find((project) => project.ownerId === ownerId);
    const project = known ?? { projectId: randomUUID(), ownerId, name: 'default', createdAt: this.#clock++ };
    this.#projects.set(project.projectId, project);
    return project;
  }
}
