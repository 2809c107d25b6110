import type { TaskwireClient } from '@taskwire/client';
import { inject, provide, type InjectionKey, type Plugin } from 'vue';

const taskwireKey: InjectionKey<TaskwireClient> = Symbol('taskwire');

/** A plugin for `app.use(…)` that gives a client to the app's components. Whoever made the client closes it. */
export function createTaskwire(client: TaskwireClient): Plugin {
  return { install: (app) => app.provide(taskwireKey, client) };
}

/** Gives a client to the components below the one whose setup calls this: for a client that changes while the app runs. */
export function provideTaskwire(client: TaskwireClient): void {
  provide(taskwireKey, client);
}

/**
 * The client that the app was given.
 * @throws Error outside of setup, or where no client was given.
 */
export function useTaskwire(): TaskwireClient {
  const client = inject(taskwireKey, undefined);
  if (client === undefined) throw new Error('give the app a client first: app.use(createTaskwire(client))');
  return client;
}
