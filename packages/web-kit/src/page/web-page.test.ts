import { createTaskwireClient } from '@taskwire/client';
import { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRouteStore } from './route-store.ts';
import { SESSION_OVER, createSession } from '../session/session.ts';
import { createTaskTitles } from '../session/task-titles.ts';
import { createThemeStore, nextThemeMode } from './theme-mode.ts';
import { createWebPage } from './web-page.ts';

/** The part of a browser's window that pages use. */
let page: typeof window;

beforeEach(() => {
  vi.stubGlobal('window', new Window({ url: 'http://127.0.0.1:4000/' }));
  page = window;
});
afterEach(() => vi.unstubAllGlobals());

describe('session', () => {
  it('survives a reload', () => {
    createSession(page).signIn({ token: 'secret', name: 'Ada' });
    expect(createSession(page).token()).toBe('secret');
  });

  it('does not use an expired token, and says that the session has ended', () => {
    let now = 1_000;
    const session = createSession(page, () => now);
    session.signIn({ token: 'secret', name: 'Ada', expiresAt: 2_000 });
    expect(session.token()).toBe('secret');
    now = 2_000;
    expect(session.token()).toBeUndefined();
    expect(session.getSnapshot()).toEqual({ notice: SESSION_OVER });
  });

  it('stores nothing after signing out', () => {
    const session = createSession(page);
    session.signIn({ token: 'secret', name: 'Ada' });
    session.signOut();
    expect(page.localStorage.length).toBe(0);
    expect(createSession(page).getSnapshot()).toEqual({});
  });

  it('counts unreadable stored data as signed out', () => {
    page.localStorage.setItem('taskwire.session', '{"token": 7');
    expect(createSession(page).getSnapshot()).toEqual({});
  });
});

describe('route', () => {
  it('follows the address until it is closed', () => {
    const route = createRouteStore(page);
    const listener = vi.fn();
    route.subscribe(listener);
    route.go({ page: 'search', query: 'wire' });
    page.dispatchEvent(new page.Event('hashchange'));
    expect(route.getSnapshot()).toEqual({ page: 'search', query: 'wire' });
    route.close();
    const times = listener.mock.calls.length;
    page.location.hash = '#/';
    page.dispatchEvent(new page.Event('hashchange'));
    expect(listener).toHaveBeenCalledTimes(times);
  });
});

describe('theme', () => {
  it('is set on the root element, stored for the next visit, and removed for the mode of the system', () => {
    const theme = createThemeStore(page);
    theme.choose('dark');
    expect(page.document.documentElement.dataset['theme']).toBe('dark');
    expect(page.localStorage.getItem('taskwire.theme')).toBe('dark');
    expect(createThemeStore(page).getSnapshot()).toBe('dark');
    theme.choose('system');
    expect(page.document.documentElement.dataset['theme']).toBeUndefined();
    expect(page.localStorage.getItem('taskwire.theme')).toBeNull();
  });

  it('comes back to the first mode after the last', () => {
    expect(nextThemeMode(nextThemeMode(nextThemeMode('system')))).toBe('system');
  });
});

describe('clients', () => {
  it('are one for each signed-in person; the previous one is closed', () => {
    const web = createWebPage(page, createTaskwireClient);
    web.session.signIn({ token: 'of-ada', name: 'Ada' });
    const first = web.clients.getSnapshot();
    const close = vi.spyOn(first, 'close');
    web.session.signIn({ token: 'of-ada', name: 'Ada L.' });
    expect(web.clients.getSnapshot()).toBe(first);
    web.session.signOut();
    web.session.signIn({ token: 'of-bob', name: 'Bob' });
    expect(web.clients.getSnapshot()).not.toBe(first);
    expect(close).toHaveBeenCalledOnce();
    web.close();
  });
});

describe('titles', () => {
  it('are stored for the latest hundred tasks only', () => {
    const titles = createTaskTitles(page.localStorage);
    for (let number = 0; number <= 100; number += 1) titles.remember(`task-${number}`, `file-${number}`);
    expect(titles.find('task-0')).toBeUndefined();
    expect(titles.find('task-100')).toBe('file-100');
  });

  it('are removed when their owner signs out', () => {
    const web = createWebPage(page, createTaskwireClient);
    web.session.signIn({ token: 'secret', name: 'Ada' });
    web.titles.remember('task-1', 'private.pdf');
    web.session.signOut();
    expect(web.titles.find('task-1')).toBeUndefined();
    web.close();
  });
});

describe('the code of a sign-in link', () => {
  it('is removed from the address and available again after a reload', () => {
    page.location.hash = '#code=secret-code-1234';
    const web = createWebPage(page, createTaskwireClient);
    expect(web.signInCode.getSnapshot()).toBe('secret-code-1234');
    expect(page.location.href).toBe('http://127.0.0.1:4000/');
    expect(web.route.getSnapshot()).toMatchObject({ page: 'tasks' });
    web.close();
    const again = createWebPage(page, createTaskwireClient);
    expect(again.signInCode.getSnapshot()).toBe('secret-code-1234');
    again.close();
  });

  it('is read from a link that opens in an existing page, and is not written to lasting storage', async () => {
    const web = createWebPage(page, createTaskwireClient);
    expect(web.signInCode.getSnapshot()).toBe('');
    page.location.hash = '#code=secret-code-5678';
    await vi.waitFor(() => expect(web.signInCode.getSnapshot()).toBe('secret-code-5678'));
    expect(page.location.hash).toBe('');
    expect(web.route.getSnapshot()).toMatchObject({ page: 'tasks' });
    expect(page.localStorage.length).toBe(0);
    web.close();
  });

  it('does not change other addresses', () => {
    page.location.hash = '#/search?q=code';
    const web = createWebPage(page, createTaskwireClient);
    expect(web.route.getSnapshot()).toMatchObject({ page: 'search', query: 'code' });
    web.close();
  });
});
