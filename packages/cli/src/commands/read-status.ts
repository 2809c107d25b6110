import { TaskwireClientError } from '@taskwire/client';

/** A worker process. */
interface WorkerStatus {
  workerId: string;
  version: string;
  kinds: readonly string[];
  /** Milliseconds since 1970. */
  lastHeartbeatAt: number;
  isAlive: boolean;
}

/** Tasks of a kind that wait for another worker. */
export interface WaitingTasks {
  kind: string;
  tasks: number;
  /** `input`: a worker has refused their inputs. Else no living worker knows the kind. Absent from earlier servers. */
  reason?: unknown;
}

/** The answer of `system.status`, of this version and of earlier ones. */
export interface SystemStatus {
  workers: readonly WorkerStatus[];
  waiting: readonly WaitingTasks[];
  /** Whether the caller has unfinished tasks that were not checked for refused inputs. */
  hasUnchecked?: unknown;
}

/** Most milliseconds since 1970 that a `Date` holds. */
const LATEST_DATE_MS = 8.64e15;

/** @throws TaskwireClientError INTERNAL if the answer is not that of `system.status`. */
export function readStatus(answer: unknown): SystemStatus {
  if (isStatus(answer)) return answer;
  throw new TaskwireClientError(
    'INTERNAL',
    "the server's answer is not a status of workers of a form that this version can read: update taskwire",
  );
}

function isStatus(value: unknown): value is SystemStatus {
  return isRecord(value) && isListOf(value['workers'], isWorker) && isListOf(value['waiting'], isWaiting);
}

function isWorker({ workerId, version, kinds, lastHeartbeatAt, isAlive }: Record<string, unknown>): boolean {
  const hasTexts = [workerId, version].every((text) => typeof text === 'string');
  const hasKinds = Array.isArray(kinds) && kinds.every((kind) => typeof kind === 'string');
  const hasTime = typeof lastHeartbeatAt === 'number' && Math.abs(lastHeartbeatAt) <= LATEST_DATE_MS;
  return hasTexts && hasKinds && hasTime && typeof isAlive === 'boolean';
}

function isWaiting({ kind, tasks }: Record<string, unknown>): boolean {
  return typeof kind === 'string' && typeof tasks === 'number';
}

function isListOf(value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isRecord(item) && isItem(item));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
