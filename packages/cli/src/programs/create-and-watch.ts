import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createTaskwireClient,
  type DefinitionOf,
  type TaskFacts,
  type SelectedTask,
  type TaskInput,
  type TaskOutput,
  type TaskReference,
  type TaskRequestOptions,
  type TaskwireCalls,
} from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { environment } from '../env.ts';
import { openFile } from '../input/option-parsers.ts';
import { Output } from '../output/output.ts';
import type { OutputStream } from '../surroundings.ts';
import { findServer } from '../find-server.ts';
import { showTask } from '../watch/show-task.ts';
import { TaskEndError } from './task-end-error.ts';
import { outputOf } from './type-assertions.ts';

/** Time (ms) between two looks at a task whose end is not stored yet. */
const STORED_AGAIN_MS = 100;

/** The server and the caller of a program. */
export interface ProgramOptions {
  /** Absent: `TASKWIRE_URL`; without it and a token the server of `taskwire dev` in this project, or http://127.0.0.1:4000. */
  url?: string | undefined;
  /** Absent: `TASKWIRE_TOKEN`. */
  token?: string | undefined;
  /** A client of the program's own, which it closes itself; absent: a client for this call. */
  client?: TaskwireCalls | undefined;
}

export interface CreateAndWatchOptions extends ProgramOptions {
  /** Project, priority, time limit, and the key that makes a repeated call answer with the first task. */
  request?: TaskRequestOptions | undefined;
  /** Stops watching and leaves the task running: the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** The stream that shows progress: bars on a terminal, lines elsewhere. Absent: standard error. */
  progress?: OutputStream | undefined;
}

/**
 * Creates a task, shows its progress in this terminal, and waits for its end.
 * @param task its definition, or a name from `taskKind`: it types input and output.
 * @returns the task's output.
 * @throws TaskEndError if the task ends without an output; TaskwireClientError INVALID_INPUT, naming the fields, if the
 * input does not fit, and others if the server refuses the caller or cannot be reached.
 */
export async function createAndWatchTask<const Reference extends TaskReference>(
  task: Reference,
  input: TaskInput<DefinitionOf<Reference>>,
  options: CreateAndWatchOptions = {},
): Promise<TaskOutput<DefinitionOf<Reference>>> {
  options.signal?.throwIfAborted();
  return withClient(options, async (client) => {
    const { taskId } = await client.tasks.create(task, input, options.request);
    return watchTask(task, taskId, { ...options, client });
  });
}

/** Creates a task and does not wait for it. @throws TaskwireClientError INVALID_INPUT, naming the fields. */
export async function createTask<const Reference extends TaskReference>(
  task: Reference,
  input: TaskInput<DefinitionOf<Reference>>,
  options: Omit<CreateAndWatchOptions, 'signal' | 'progress'> = {},
): Promise<SelectedTask<Reference>> {
  return withClient(options, (client) => client.tasks.create(task, input, options.request));
}

/**
 * Shows the progress of a task in this terminal, and waits for its end.
 * @returns the task's output. @throws as `createAndWatchTask`; INVALID_INPUT if the task is of another kind.
 */
export async function watchTask<const Reference extends TaskReference>(
  task: Reference,
  taskId: string,
  options: Omit<CreateAndWatchOptions, 'request'> = {},
): Promise<TaskOutput<DefinitionOf<Reference>>> {
  return withClient(options, async (client) => {
    const stdout = options.progress ?? process.stderr;
    const output = new Output({ stdout, stderr: stdout }, false);
    await showTask({ client, output }, { taskId, signal: options.signal });
    options.signal?.throwIfAborted();
    const ended = await storedEnd(() => client.tasks.get(taskId, { task }), options.signal);
    if (ended.output === undefined) throw new TaskEndError(ended);
    return outputOf<Reference>(ended.output);
  });
}

/**
 * Uploads a file for an `upload()` field of an input.
 * @returns the id that the field takes. @throws UsageError if there is no such file.
 */
export async function uploadFile(path: string, options: ProgramOptions = {}): Promise<string> {
  return withClient(options, async (client) => {
    const { uploadId } = await client.upload(await openFile(path, 'path'), { fileName: basename(path) });
    return uploadId;
  });
}

/** The task once its end is stored: that follows its last message. */
async function storedEnd<Found extends TaskFacts>(
  get: () => Promise<Found>,
  signal: AbortSignal | undefined,
): Promise<Found> {
  for (;;) {
    const found = await get();
    if (isTerminalStatus(found.status)) return found;
    await delay(STORED_AGAIN_MS, undefined, { signal });
  }
}

async function withClient<Result>(
  { url, token, client }: ProgramOptions,
  use: (client: TaskwireCalls) => Promise<Result>,
): Promise<Result> {
  if (client !== undefined) return use(client);
  const own = createTaskwireClient(await findServer({ url, token }, environment, process.cwd()));
  try {
    return await use(own);
  } finally {
    own.close();
  }
}
