import { createRouteStore, type RouteStore } from './route-store.ts';
import { createSessionClients, type CreateClient, type SessionClients } from './session-clients.ts';
import { createSession, type Session } from './session.ts';
import { createTaskTitles, type TaskTitles } from './task-titles.ts';
import { createThemeStore, type ThemeStore } from './theme-mode.ts';

/** Everything about a page that outlives its components. */
export interface WebPage {
  session: Session;
  clients: SessionClients;
  route: RouteStore;
  theme: ThemeStore;
  titles: TaskTitles;
  /** Removes every listener. */
  close: () => void;
}

/** Sets up a page, with clients made by `createClient`; whoever calls it closes it. When somebody signs out, what was remembered of their tasks goes too. */
export function createWebPage(page: Window, createClient: CreateClient): WebPage {
  const session = createSession(page);
  const clients = createSessionClients(page.location.origin, session, createClient);
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
    close() {
      stopForgetting();
      clients.close();
      route.close();
      session.close();
    },
  };
}
