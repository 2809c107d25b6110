import { parseStatusFilter, type StatusFilter } from './status-filter.ts';

/** Where in the app the reader is. Kept in the address behind the #, so that a reload comes back to it. */
export type Route =
  | { page: 'tasks'; filter: StatusFilter }
  /** `query` is what is looked for in this task's document; empty for nothing. */
  | { page: 'task'; taskId: string; query: string }
  | { page: 'search'; query: string }
  | { page: 'unknown' };

/** Reads an address: `#/`, `#/?status=done`, `#/tasks/<id>?q=words`, `#/search?q=words`. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(search);
  const query = parameters.get('q') ?? '';
  if (path === '' || path === '/') return { page: 'tasks', filter: parseStatusFilter(parameters.get('status')) };
  if (path === '/search') return { page: 'search', query };
  const taskId = /^\/tasks\/([\w-]+)$/.exec(path)?.[1];
  return taskId === undefined ? { page: 'unknown' } : { page: 'task', taskId, query };
}

/** The address of a route, to be put into a link: the reverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'tasks':
      return `#/${parametersOf(route.filter === 'all' ? {} : { status: route.filter })}`;
    case 'task':
      return `#/tasks/${route.taskId}${parametersOf(route.query === '' ? {} : { q: route.query })}`;
    case 'search':
      return `#/search${parametersOf(route.query === '' ? {} : { q: route.query })}`;
    case 'unknown':
      return '#/';
    default:
      return route satisfies never;
  }
}

function parametersOf(values: Record<string, string>): string {
  const text = new URLSearchParams(values).toString();
  return text === '' ? '' : `?${text}`;
}
