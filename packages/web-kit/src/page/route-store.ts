import { formatRoute, parseRoute, type Route } from './route.ts';
import { createValueStore, type ReadableStore } from '../stores/value-store.ts';

/** The address bar as a store. */
export interface RouteStore extends ReadableStore<Route> {
  /** Opens a page and adds an entry to the browser's history. */
  go: (route: Route) => void;
  /** Whether the reader came from another page of the app. If so, the heading takes the focus. */
  hasMoved: () => boolean;
  close: () => void;
}

/** Follows the fragment (#) of the window's address. */
export function createRouteStore(page: Window): RouteStore {
  const store = createValueStore(parseRoute(page.location.hash));
  let moved = false;
  const update = (): void => {
    moved = true;
    store.set(parseRoute(page.location.hash));
  };
  page.addEventListener('hashchange', update);
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    go(route) {
      page.location.hash = formatRoute(route);
    },
    hasMoved: () => moved,
    close: () => page.removeEventListener('hashchange', update),
  };
}
