import { splitAddress } from './requests/check-request.ts';

/** Paths of Taskwire, and everything below them. */
const PATHS: readonly string[] = [
  '/trpc',
  '/api/v1/config',
  '/api/v1/dev',
  '/api/v1/documents',
  '/api/v1/uploads',
  '/api/v1/sse',
  '/healthz',
  '/readyz',
  '/metrics',
];

/** Whether an address is Taskwire's, or one of the further paths: other routes of an app are left to it. */
export function isOwnPath(address: string, further: readonly string[]): boolean {
  const { path } = splitAddress(address);
  return [...PATHS, ...further].some((own) => path === own || path.startsWith(own === '/' ? own : `${own}/`));
}
