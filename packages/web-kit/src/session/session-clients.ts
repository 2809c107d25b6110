import type { ClientSettings, TaskwireClient } from '@taskwire/client';
import type { StandardAppRouter } from './server-router.ts';
import type { Session } from './session.ts';
import { createValueStore, type ReadableStore } from '../stores/value-store.ts';

/** A client of the web apps' server. */
export type PageClient = TaskwireClient<StandardAppRouter>;

/** The current client. Each signed-in person gets a new one, because a client keeps data of its user. */
export interface SessionClients extends ReadableStore<PageClient> {
  close: () => void;
}

/** Creates a client, as @taskwire/client does. */
export type CreateClient = (settings: ClientSettings) => PageClient;

/** Follows a session and closes each client that it replaces. `url` is the server's. */
export function createSessionClients(url: string, session: Session, createClient: CreateClient): SessionClients {
  const create = (): PageClient => createClient({ url, token: session.token });
  const tokenNow = (): string | undefined => session.getSnapshot().signedIn?.token;
  const store = createValueStore(create());
  let token = tokenNow();
  const stop = session.subscribe(() => {
    if (tokenNow() === token) return;
    token = tokenNow();
    const previous = store.getSnapshot();
    store.set(create());
    previous.close();
  });
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    close() {
      stop();
      store.getSnapshot().close();
    },
  };
}
