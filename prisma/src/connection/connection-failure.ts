/** Codes of PostgreSQL, its driver and Prisma for a server that cannot be reached. The statement did not run. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'DatabaseNotReachable',
  'P1001',
  '57P03',
  '53300',
]);
/** Their codes for a lost connection. The statement may have run. */
const LOST = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ConnectionClosed',
  'SocketTimeout',
  'P1008',
  'P1017',
  '57P01',
  '57P02',
  '08000',
  '08003',
  '08006',
]);
/** Messages without a code. */
const UNREACHED_WORDS = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;
const LOST_WORDS = /Connection terminated|Client has encountered a connection error|not queryable|Query read timeout/;

/** Largest depth of an error's examined causes. */
const DEPTH = 6;

/**
 * Whether an error, at any level, says that PostgreSQL was away. `unreached`: the statement did not run. `lost`: it may
 * have run. Undefined for all other errors.
 */
export function connectionFailure(error: unknown): 'unreached' | 'lost' | undefined {
  const causes = causesOf(error, DEPTH);
  const names = causes.flatMap((cause) => [
    textAt(cause, 'code'),
    textAt(cause, 'kind'),
    textAt(cause, 'originalCode'),
  ]);
  const words = causes.map((cause) => textAt(cause, 'message')).join('\n');
  if (names.some((name) => UNREACHED.has(name)) || UNREACHED_WORDS.test(words)) return 'unreached';
  if (names.some((name) => LOST.has(name)) || LOST_WORDS.test(words)) return 'lost';
  return undefined;
}

/** An error and its causes. */
function causesOf(error: unknown, depth: number): object[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const meta: unknown = Reflect.get(error, 'meta');
  const joined: unknown[] = error instanceof AggregateError ? error.errors : [];
  const causes: unknown[] = [
    Reflect.get(error, 'cause'),
    typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'driverAdapterError') : undefined,
    joined[0],
  ];
  return [error, ...causes.flatMap((cause) => causesOf(cause, depth - 1))];
}

function textAt(object: object, name: string): string {
  const value: unknown = Reflect.get(object, name);
  return typeof value === 'string' ? value : '';
}
