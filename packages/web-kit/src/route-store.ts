import { formatRoute, parseRoute, type Route } from './route.ts';
import { createValueStore, type ReadableStore } from './value-store.ts';

/** The address bar as a store. */
export interface RouteStore extends ReadableStore<Route> {
  /** Goes to a page, with an entry in the history. */
  go: (route: Route) => void;
  /** Whether the reader came to this page from another one of the app: then the focus belongs on its heading. */
  hasMoved: () => boolean;
  close: () => void;
}

/** Follows the part of the window's address behind the #. */
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
