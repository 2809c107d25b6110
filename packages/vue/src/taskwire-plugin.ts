import type { AnyRouter, AppRouter, TaskwireCalls, TaskwireClient } from '@taskwire/client';
import { inject, provide, type InjectionKey, type Plugin } from 'vue';
import { clientOf } from './type-assertions.ts';

const taskwireKey: InjectionKey<TaskwireCalls> = Symbol('taskwire');

/** A plugin for `app.use(…)` that provides a client to the app's components. The client's creator closes it. */
export function createTaskwire(client: TaskwireCalls): Plugin {
  return { install: (app) => app.provide(taskwireKey, client) };
}

/** Provides a client to the components below the calling one. It serves apps whose client changes. */
export function provideTaskwire(client: TaskwireCalls): void {
  provide(taskwireKey, client);
}

/**
 * The client of the app. `Router` is the router of the client that the app was given.
 * @throws Error outside of setup, or if the app has no client.
 */
export function useTaskwire<Router extends AnyRouter = AppRouter>(): TaskwireClient<Router> {
  const client = inject(taskwireKey, undefined);
  if (client === undefined) throw new Error('give the app a client first: app.use(createTaskwire(client))');
  return clientOf<Router>(client);
}
