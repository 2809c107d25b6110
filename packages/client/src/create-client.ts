import type { AppRouter } from '@taskwire/router';
import { createTRPCClient } from '@trpc/client';
import { explained } from './errors/explained.ts';
import { toClientError } from './errors/to-client-error.ts';
import { StoreRegistry } from './store/store-registry.ts';
import { createTaskCalls } from './tasks/create-task-calls.ts';
import type { AnyRouter, ClientSettings, TaskwireClient } from './taskwire-client.ts';
import { readKinds } from './transport/answers.ts';
import { createLinks } from './transport/links.ts';
import { Procedures } from './transport/procedures.ts';
import { fetchConfig, signIn, upload } from './transport/rest.ts';
import { createTransport } from './transport/transport.ts';
import { selectionOf } from './tasks/type-assertions.ts';
import { linksOf } from './transport/type-assertions.ts';
import { openTaskWatch } from './watching/watch-task.ts';
import { openAnyWatch, openProjectWatch } from './watching/watch-topic.ts';

/**
 * A client for the server at `url`, for browsers and Node. `Router` is the type of the server's router, for `trpc`.
 * @throws TaskwireClientError INVALID_INPUT if `url` is not a URL.
 */
export function createTaskwireClient<Router extends AnyRouter = AppRouter>(
  settings: ClientSettings,
): TaskwireClient<Router> {
  const transport = createTransport(settings);
  const links = createLinks(transport);
  const { procedurePath = '' } = settings;
  const procedures = new Procedures(links, procedurePath);
  const stores = new StoreRegistry(procedures);
  const running = new Set<() => void>();
  const source = { procedures, running };
  return {
    url: transport.url,
    procedurePath: procedurePath === '' ? [] : procedurePath.split('.'),
    trpc: createTRPCClient<Router>({ links: linksOf<Router>(links) }),
    links: linksOf<Router>(links),
    tasks: createTaskCalls(procedures),
    watchTask: (taskId, { task, ...options } = {}) =>
      watching(() => openTaskWatch(source, { taskId, selection: selectionOf(task) }, options)),
    watchProject: (projectId, options = {}) => watching(() => openProjectWatch(source, projectId, options)),
    watchAny: (options = {}) => watching(() => openAnyWatch(source, options)),
    deleteProject: (projectId) =>
      explained(async () => {
        await procedures.mutate('project.delete', { projectId });
      }),
    upload: (file, options) => explained(() => upload(transport, file, options)),
    kinds: () => explained(async () => readKinds(await procedures.query('system.kinds', {}))),
    config: () => explained(() => fetchConfig(transport)),
    signIn: (name, code) => explained(() => signIn(transport, name, code)),
    taskStore: (taskId, { task } = {}) => stores.get(taskId, selectionOf(task)),
    close() {
      for (const stop of [...running]) stop();
      stores.close();
    },
  };
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
