/** Meanings of Redis's refusals, in words that follow the server's name: the fault and its remedy. */
const FAULTS: readonly [RegExp, string][] = [
  [/\bOOM\b/, 'is out of memory: raise maxmemory, or remove what else is in it'],
  [/\bREADONLY\b/, 'is a read-only replica: REDIS_URL must lead to the primary'],
  [/\bMISCONF\b/, 'refuses writes because it cannot save its data: make room on its disk'],
  [/\bNOREPLICAS\b/, 'refuses writes because too few replicas are connected: see min-replicas-to-write'],
  [/\b(NOAUTH|WRONGPASS)\b|invalid password|without any password/i, 'refuses the user or the password in REDIS_URL'],
  [/\b(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/, 'is a node of a Redis Cluster: give the address of a single server'],
  [/\bLOADING\b/, 'is still loading its data'],
  [/\bMASTERDOWN\b/, 'is a replica whose primary is away'],
  [/\bBUSY\b/, 'is busy with a script'],
  [/unknown command|wrong number of arguments|syntax error/i, 'is too old: 6.2 or newer is needed'],
];
/** Right to name when Redis refuses a key or a channel, which its message does not name. */
const ANY_RIGHT = 'access to the keys taskwire:* and {taskwire-queue}:* or the channels taskwire:*';

/** Refusals of writes that end by themselves or by an operator. Redis has not done a refused write. */
const RETRYABLE = /\b(OOM|MISCONF|NOREPLICAS|LOADING|BUSY|MASTERDOWN)\b/;

/** Whether Redis refused a write for a reason that ends. */
export function isRetryableRefusal(error: unknown): boolean {
  return RETRYABLE.test(messagesOf(error, DEPTH).join('\n'));
}

/** Most causes of an error that are followed. */
const DEPTH = 5;

/** Returns the fault if an error, or one of its causes, is a refusal of Redis. Holds no data of a command. */
export function redisFault(error: unknown): string | undefined {
  const words = messagesOf(error, DEPTH).join('\n');
  if (/\bNOPERM\b|ACL failure|no permissions|user executing the script can't/i.test(words))
    return `refuses its user a right: ${rightIn(words)}`;
  return FAULTS.find(([refusal]) => refusal.test(words))?.[1];
}

function rightIn(words: string): string {
  const command = /'([a-z|]+)' command/i.exec(words)?.[1];
  return `${command === undefined ? ANY_RIGHT : `the command ${command}`} (docs/redis.md lists all)`;
}

function messagesOf(error: unknown, depth: number): string[] {
  if (!(error instanceof Error) || depth === 0) return [];
  return [error.message, ...messagesOf(error.cause, depth - 1)];
}
