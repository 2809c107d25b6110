import type { AppRouter } from '@taskwire/router';
import { createTRPCClient } from '@trpc/client';
import { createTask } from './create-task.ts';
import { toClientError } from './errors/to-client-error.ts';
import { StoreRegistry } from './store/store-registry.ts';
import type { ClientSettings, TaskwireClient } from './taskwire-client.ts';
import { createLinks } from './transport/links.ts';
import { fetchConfig, signIn, upload } from './transport/rest.ts';
import { createTransport } from './transport/transport.ts';
import { readHistory } from './watching/task-history.ts';
import { openTaskWatch } from './watching/watch-task.ts';
import { openAnyWatch, openProjectWatch } from './watching/watch-topic.ts';

/**
 * A client for the server at `url`, for browsers and Node.
 * @throws TaskwireClientError INVALID_INPUT if `url` is not a URL.
 */
export function createTaskwireClient(settings: ClientSettings): TaskwireClient {
  const transport = createTransport(settings);
  const links = createLinks(transport);
  const trpc = createTRPCClient<AppRouter>({ links });
  const stores = new StoreRegistry(trpc);
  const running = new Set<() => void>();
  const source = { trpc, running };
  return {
    url: transport.url,
    trpc,
    links,
    createTask: (request) => explained(() => createTask(trpc, request)),
    watchTask: (taskId, options = {}) => watching(() => openTaskWatch(source, taskId, options)),
    watchProject: (projectId, options = {}) => watching(() => openProjectWatch(source, projectId, options)),
    watchAny: (options = {}) => watching(() => openAnyWatch(source, options)),
    retryTask: (taskId, options) => explained(() => trpc.task.retry.mutate({ taskId, ...options })),
    deleteTask: (taskId) =>
      explained(async () => {
        await trpc.task.delete.mutate({ taskId });
      }),
    deleteProject: (projectId) =>
      explained(async () => {
        await trpc.project.delete.mutate({ projectId });
      }),
    replaceDocument: (documentId, uploadId) =>
      explained(() => trpc.document.replace.mutate({ documentId, uploadId, idempotencyKey: uploadId })),
    deleteDocument: (documentId) =>
      explained(async () => {
        await trpc.document.delete.mutate({ documentId });
      }),
    taskHistory: (taskId, options = {}) => explainedEach(readHistory(trpc, taskId, options)),
    pollTask: (taskId, { signal, ...options } = {}) =>
      explained(() => trpc.task.poll.query({ taskId, ...options }, signal === undefined ? {} : { signal })),
    upload: (file, options) => explained(() => upload(transport, file, options)),
    config: () => explained(() => fetchConfig(transport)),
    signIn: (name, code) => explained(() => signIn(transport, name, code)),
    taskStore: (taskId, options) => stores.get(taskId, options?.kind),
    close() {
      for (const stop of [...running]) stop();
      stores.close();
    },
  };
}

async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toClientError(error);
  }
}

async function* explainedEach<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    throw toClientError(error);
  }
}

/** An iterable whose iterations are watches of their own. */
function watching<Message>(open: () => AsyncIterator<Message, undefined>): AsyncIterable<Message> {
  return {
    [Symbol.asyncIterator]() {
      try {
        return open();
      } catch (error) {
        throw toClientError(error);
      }
    },
  };
}
