import { createAppRouter } from '@taskwire/router';
import { MemoryPorts } from '@taskwire/router/in-memory';
import type { AnyTaskDefinition, TaskInput, TaskList } from '@taskwire/tasks';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { recordingSchema, type Recording } from '../recording/recording.ts';
import { ReplayedTask } from '../recording/replayed-task.ts';
import { replayEvents, type ReplayOptions } from '../recording/replay.ts';
import { FakeTask } from './fake-task.ts';
import { formOf } from './form.ts';
import { answerRest } from './rest.ts';

/** Settings of a fake server. */
export interface FakeServerOptions<Tasks extends TaskList> {
  /** The kinds that pages may create and watch. */
  tasks: Tasks;
  /** The user of `token`; `ann` if absent. */
  userId?: string;
}

/** A recorded task that is being played. */
export interface Replay {
  taskId: string;
  /** Resolves after the last event, or after the signal's abort. */
  finished: Promise<void>;
}

const ORIGIN = 'http://taskwire.test';

/**
 * A server in memory for tests of pages: the real procedures and streams, answered in this process without a network. The
 * test plays the worker.
 *
 * Up ⇄ away. Away, each request fails as a lost network does, and streams are cut.
 * @example
 * const server = createFakeServer({ tasks: [resizeImage] });
 * const client = createTaskwireClient({ url: server.url, token: server.token, fetch: server.fetch });
 */
export class FakeServer<Tasks extends TaskList> {
  readonly url: string = ORIGIN;
  /** A token that the server takes. */
  readonly token = 'token-of-the-fake-server';
  /** Answers a request; for the setting `fetch` of a client. It rejects when the request's signal aborts. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    return Promise.race([this.#answer(request, formOf(init?.body)), rejectionOf(request.signal)]);
  };
  readonly #userId: string;
  readonly #ports: MemoryPorts;
  readonly #router: ReturnType<typeof createAppRouter<TaskList>>;
  readonly #created: { taskId: string; kind: string }[] = [];
  readonly #waiting = new Set<() => void>();
  #cut = new AbortController();
  #isAway = false;

  constructor({ tasks, userId = 'ann' }: FakeServerOptions<Tasks>) {
    this.#userId = userId;
    this.#ports = new MemoryPorts(tasks);
    this.#ports.onEnqueue = (task) => {
      this.#created.push(task);
      for (const wake of [...this.#waiting]) wake();
    };
    this.#router = createAppRouter<TaskList>({ tasks });
  }

  /** The oldest created task of a kind that the test has not taken yet; waits for one. */
  async nextTask<Definition extends Tasks[number]>(definition: Definition): Promise<FakeTask<Definition>> {
    for (;;) {
      const index = this.#created.findIndex(({ kind }) => kind === definition.kind);
      const [created] = index === -1 ? [] : this.#created.splice(index, 1);
      if (created !== undefined) return this.#taskOf(definition, created.taskId);
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Creates a task as if another page had done it, and takes it. @throws TRPCError for an input that the kind refuses. */
  async createTask<Definition extends Tasks[number]>(
    definition: Definition,
    input: TaskInput<Definition>,
  ): Promise<FakeTask<Definition>> {
    const caller = this.#router.createCaller({ taskwire: { ports: this.#ports, caller: { userId: this.#userId } } });
    const { taskId } = await caller.task.create({ kind: definition.kind, input });
    const index = this.#created.findIndex((created) => created.taskId === taskId);
    if (index !== -1) this.#created.splice(index, 1);
    return this.#taskOf(definition, taskId);
  }

  /**
   * Plays a recorded task, as a new task of the user. A cancel of the page ends it at its next event.
   * @returns its id, and a promise that resolves after its last event.
   * @throws Error for a recording of a kind that the server does not have, or that is none (see `recordingSchema`).
   */
  async replay(recording: Recording, options: ReplayOptions = {}): Promise<Replay> {
    const checked = recordingSchema.parse(recording);
    const { kind } = checked;
    if (this.#ports.catalog.find(kind) === undefined)
      throw new Error(`the server has no kind "${kind}": give it to tasks`);
    const ownerId = this.#userId;
    const { projectId } = await this.#ports.projects.findOrCreateDefault(ownerId);
    const row = { ownerId, projectId, kind, input: {}, uploads: [], priority: 5 };
    const { task } = await this.#ports.tasks.create(row);
    const played = new ReplayedTask(this.#ports.events, task);
    const finished = replayEvents(checked, options, (draft) => played.write(draft));
    return { taskId: task.taskId, finished };
  }

  /** Makes an upload of the user. @returns its id. */
  addUpload({ fileName = 'file', mediaType = 'text/plain', sizeBytes = 1 } = {}): string {
    const upload = { uploadId: crypto.randomUUID(), ownerId: this.#userId, fileName, mediaType, sizeBytes };
    this.#ports.storedUploads.set(upload.uploadId, upload);
    return upload.uploadId;
  }

  /** Cuts every open stream, as a restart does. Clients reconnect at their cursors. */
  cutStreams(): void {
    this.#cut.abort(new Error('the fake server cut its streams'));
    this.#cut = new AbortController();
  }

  /** Takes the server away, or brings it back. */
  setAway(isAway: boolean): void {
    this.#isAway = isAway;
    if (isAway) this.cutStreams();
  }

  async #answer(request: Request, form: FormData | undefined): Promise<Response> {
    if (this.#isAway) throw new TypeError('fetch failed: the fake server is away');
    const isKnown = request.headers.get('authorization') === `Bearer ${this.token}`;
    const userId = isKnown ? this.#userId : undefined;
    const rest = await answerRest(request, { ports: this.#ports, userId, form });
    if (rest !== undefined) return rest;
    const answer = await fetchRequestHandler({
      endpoint: '/trpc',
      req: request,
      router: this.#router,
      createContext: () => ({
        taskwire: { ports: this.#ports, ...(isKnown ? { caller: { userId: this.#userId } } : {}) },
      }),
    });
    return cuttable(answer, this.#cut.signal);
  }

  #taskOf<Definition extends AnyTaskDefinition>(definition: Definition, taskId: string): FakeTask<Definition> {
    const input = this.#ports.storedTasks.get(taskId)?.input;
    return new FakeTask(this.#ports.events, { taskId, definition, input });
  }
}

/** Makes a server in memory. */
export function createFakeServer<const Tasks extends TaskList>(options: FakeServerOptions<Tasks>): FakeServer<Tasks> {
  return new FakeServer(options);
}

/** Rejects with the signal's reason when it aborts; never resolves. */
async function rejectionOf(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  throw signal.reason;
}

/** The same answer, whose body fails when the signal aborts. */
function cuttable(response: Response, signal: AbortSignal): Response {
  const { body, status, headers } = response;
  if (body === null || !headers.get('content-type')?.startsWith('text/event-stream')) return response;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  body.pipeTo(writable, { signal }).catch(() => undefined);
  return new Response(readable, { status, headers });
}
