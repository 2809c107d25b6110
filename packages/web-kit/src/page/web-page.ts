import { createSessionClients, type CreateClient, type SessionClients } from '../session/session-clients.ts';
import { createSession, type Session } from '../session/session.ts';
import { createSignInCode, type SignInCode } from '../session/sign-in-code.ts';
import { createTaskTitles, type TaskTitles } from '../session/task-titles.ts';
import { createRouteStore, type RouteStore } from './route-store.ts';
import { createThemeStore, type ThemeStore } from './theme-mode.ts';

/** The parts of a page that outlive its components. */
export interface WebPage {
  session: Session;
  clients: SessionClients;
  route: RouteStore;
  theme: ThemeStore;
  titles: TaskTitles;
  signInCode: SignInCode;
  /** Removes every listener. */
  close: () => void;
}

/** Sets up a page with clients of `createClient`; the caller closes it. Signing out removes the titles of tasks. */
export function createWebPage(page: Window, createClient: CreateClient): WebPage {
  const session = createSession(page);
  const clients = createSessionClients(page.location.origin, session, createClient);
  // Ahead of the route, at the start and at each change: no page of the app has the address of a sign-in link.
  const signInCode = createSignInCode(page);
  const route = createRouteStore(page);
  const titles = createTaskTitles(page.localStorage);
  const stopClearing = session.subscribe(() => {
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
      stopClearing();
      clients.close();
      route.close();
      signInCode.close();
      session.close();
    },
  };
}
