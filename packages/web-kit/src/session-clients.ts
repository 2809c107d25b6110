import type { TaskwireClient, createTaskwireClient } from '@taskwire/client';
import type { Session } from './session.ts';
import { createValueStore, type ReadableStore } from './value-store.ts';

/** The client to use now. Each signed-in person gets a new one, so that nobody sees what another one's client kept. */
export interface SessionClients extends ReadableStore<TaskwireClient> {
  close: () => void;
}

/** How clients are made: as @taskwire/client does. */
export type CreateClient = typeof createTaskwireClient;

/** Follows a session; `url` is the server's. A client is closed once it has been replaced. */
export function createSessionClients(url: string, session: Session, createClient: CreateClient): SessionClients {
  const create = (): TaskwireClient => createClient({ url, token: session.token });
  const tokenNow = (): string | undefined => session.getSnapshot().signedIn?.token;
  const store = createValueStore(create());
  let token = tokenNow();
  const stop = session.subscribe(() => {
    if (tokenNow() === token) return;
    token = tokenNow();
    const former = store.getSnapshot();
    store.set(create());
    former.close();
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
