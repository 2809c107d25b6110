/** What PostgreSQL, its driver and Prisma call a server that cannot be reached, or not yet. The statement was not run. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'DatabaseNotReachable',
  'P1001',
  '57P03',
  '53300',
]);
/** What they call a connection that was lost: the statement may have been run. */
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
/** The driver has no code for these. */
const UNREACHED_WORDS = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;
const LOST_WORDS = /Connection terminated|Client has encountered a connection error|not queryable|Query read timeout/;

/** How far an error's causes are followed. */
const DEPTH = 6;

/**
 * Whether an error says that PostgreSQL was away, on whichever level it was caught. `unreached`: the statement was not
 * run. `lost`: it may have been. Undefined: it is an error of another sort.
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

/** An error and what it was caused by. */
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
