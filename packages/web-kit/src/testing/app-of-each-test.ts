import { createTaskwireClient } from '@taskwire/client';
import { FakeServer } from '@taskwire/client/testing';
import { afterEach, beforeEach, vi } from 'vitest';
import { createWebPage, type WebPage } from '../web-page.ts';

/** Shows a web app in an element. @returns what removes it again. */
export type ShowApp = (page: WebPage, element: HTMLElement) => () => void;

/** The app of the test that runs: its page, where ann is signed in, and its server. */
export interface AppUnderTest {
  readonly server: FakeServer;
  readonly page: WebPage;
}

/** Shows the app before each test, with a server of its own, and removes it afterwards. */
export function appOfEachTest(show: ShowApp): AppUnderTest {
  let server: FakeServer;
  let page: WebPage;
  let remove: () => void;
  beforeEach(async () => {
    server = await FakeServer.start();
    page = createWebPage(window, (settings) => createTaskwireClient({ ...settings, url: server.url }));
    page.session.signIn({ token: server.issueToken('ann'), name: 'Ann' });
    remove = show(page, document.body.appendChild(document.createElement('div')));
  });
  afterEach(async () => {
    remove();
    document.body.replaceChildren();
    page.route.go({ page: 'tasks', filter: 'all' });
    page.close();
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    get page() {
      return page;
    },
  };
}

export function byTestId(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
}

/** Waits until a check holds. */
export function settled(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000 });
}
