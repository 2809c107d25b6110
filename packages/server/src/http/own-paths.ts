import { splitAddress } from './requests/check-request.ts';

/** Paths of Taskwire, and everything below them. */
const PATHS: readonly string[] = [
  '/trpc',
  '/api/v1/config',
  '/api/v1/dev',
  '/api/v1/uploads',
  '/api/v1/sse',
  '/healthz',
  '/readyz',
  '/metrics',
];

/** Characters of a path that Express takes as they are. Others would make it a pattern, which is not understood here. */
const PATH = /^\/(?:[\w.~@-]+(?:\/[\w.~@-]+)*\/?)?$/;

/**
 * The paths of own routes and pages.
 * @throws Error for one that is no path of plain letters: `/shop/:id` belongs into the router that is mounted at `/shop`.
 */
export function ownPathsOf(paths: readonly string[]): string[] {
  const bad = paths.find((path) => !PATH.test(path));
  if (bad === undefined) return paths.map((path) => (path === '/' ? path : path.replace(/\/$/, '')));
  const remedy = 'begin it with /, and leave parameters and patterns to the router that is mounted there';
  throw new Error(`routes and webApps: ${JSON.stringify(bad)} is no path: ${remedy}`);
}

/** Whether an address is Taskwire's, or one of the further paths: other routes of an app are left to it. */
export function isOwnPath(address: string, further: readonly string[]): boolean {
  const { path } = splitAddress(address);
  return [...PATHS, ...further].some((own) => path === own || path.startsWith(own === '/' ? own : `${own}/`));
}
