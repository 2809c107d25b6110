import { createTaskwireClient } from '@taskwire/client';
import { FakeServer } from '@taskwire/client/testing';
import { DocumentPorts } from '@taskwire/standard-tasks/testing';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { createWebPage, type WebPage } from '../page/web-page.ts';

/** Shows a web app in an element. @returns a function that removes it. */
export type ShowApp = (page: WebPage, element: HTMLElement) => () => void;

/** The app of the current test, where ann is signed in, and its server. */
export interface AppUnderTest {
  readonly server: FakeServer<DocumentPorts>;
  readonly page: WebPage;
}

/** Shows the app with its own server before each test, and removes both afterwards. */
export function appOfEachTest(show: ShowApp): AppUnderTest {
  const requests = new CountedFetch();
  let server: FakeServer<DocumentPorts>;
  let page: WebPage;
  let remove: () => void;
  beforeEach(async () => {
    const ports = new DocumentPorts();
    server = await FakeServer.startWith({ ports, router: ports.router });
    page = createWebPage(window, (settings) =>
      createTaskwireClient({ ...settings, url: server.url, fetch: requests.fetch }),
    );
    page.session.signIn({ token: server.issueToken('ann'), name: 'Ann' });
    remove = show(page, document.body.appendChild(document.createElement('div')));
  });
  afterEach(async () => {
    remove();
    document.body.replaceChildren();
    page.route.go({ page: 'tasks', filter: 'all' });
    page.close();
    // A closing server resets the connections of unanswered requests, and happy-dom prints every reset.
    await settled(() => expect(requests.pending).toBe(0));
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

/** A `fetch` that counts its unanswered requests. */
class CountedFetch {
  pending = 0;

  readonly fetch: typeof fetch = async (...request) => {
    this.pending += 1;
    try {
      return await fetch(...request);
    } finally {
      this.pending -= 1;
    }
  };
}

export function byTestId(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
}

/** Waits until a check holds. */
export function settled(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000 });
}
