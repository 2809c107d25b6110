import type { AnyRouter, TaskwireCalls, TaskwireClient } from '@taskwire/client';

/** The client of a provider. React's contexts carry no type parameter, so the reader names the router. */
export function clientOf<Router extends AnyRouter>(client: TaskwireCalls): TaskwireClient<Router> {
  return client as TaskwireClient<Router>;
}
