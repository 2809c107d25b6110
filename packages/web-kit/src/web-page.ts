import { createRouteStore, type RouteStore } from './route-store.ts';
import { createSessionClients, type CreateClient, type SessionClients } from './session-clients.ts';
import { createSession, type Session } from './session.ts';
import { createTaskTitles, type TaskTitles } from './task-titles.ts';
import { takeSignInCode } from './sign-in-code.ts';
import { createThemeStore, type ThemeStore } from './theme-mode.ts';
import { createValueStore, type ReadableStore } from './value-store.ts';

/** Everything about a page that outlives its components. */
export interface WebPage {
  session: Session;
  clients: SessionClients;
  route: RouteStore;
  theme: ThemeStore;
  titles: TaskTitles;
  /** The code of the link that the reader came by, for the sign-in by a name; empty if there was none. */
  signInCode: ReadableStore<string>;
  /** Removes every listener. */
  close: () => void;
}

/** Sets up a page, with clients made by `createClient`; whoever calls it closes it. When somebody signs out, what was remembered of their tasks goes too. */
export function createWebPage(page: Window, createClient: CreateClient): WebPage {
  const session = createSession(page);
  const clients = createSessionClients(page.location.origin, session, createClient);
  // Before the route is read, and before each change of it: the address of the link is none of the app's pages.
  const signInCode = createValueStore(takeSignInCode(page));
  const takeCode = () => signInCode.set(takeSignInCode(page));
  page.addEventListener('hashchange', takeCode);
  const route = createRouteStore(page);
  const titles = createTaskTitles(page.localStorage);
  const stopForgetting = session.subscribe(() => {
    if (session.getSnapshot().signedIn === undefined) titles.clear();
  });
  return {
    session,
    clients,
    route,
    theme: createThemeStore(page),
    titles,
    signInCode,
    close() {
      stopForgetting();
      clients.close();
      route.close();
      page.removeEventListener('hashchange', takeCode);
      session.close();
    },
  };
}
