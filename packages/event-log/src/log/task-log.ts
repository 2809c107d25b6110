import { type TaskEvent, type TaskEventDraft, type TaskSnapshot } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { reachable, untilTaken } from '../connection/connection.ts';
import { decodeEntry, draftArguments, encodeDrafts, parseJson } from './entry.ts';
import { taskKeys, topicKeys, type TaskAddress } from './keys.ts';
import { OFFERED_SECRET } from './signature.ts';
import { APPEND_STATUS, type AppendMode } from '../scripts/append.ts';
import { RESTORE_STATUS } from '../scripts/restore.ts';
import { EPOCH_FIELD } from '../scripts/stored-fields.ts';

const appendReplySchema = z.tuple([z.enum(APPEND_STATUS), z.int(), z.int(), z.int(), z.int(), z.int()]);
const restoreReplySchema = z.tuple([z.enum(RESTORE_STATUS), z.int()]);

/** The append script's answer. */
export interface AppendReply {
  status: (typeof APPEND_STATUS)[keyof typeof APPEND_STATUS];
  /** Seq of the log's last event. */
  seq: number;
  attempt: number;
  canceling: boolean;
  epoch: number;
  /** Number of events to relay to the owner's topic. */
  relayCount: number;
}

/** Mode and place of an append. An attempt has a number, a batch (from 1), and the epoch of the log that it writes to. */
export interface AppendOptions {
  mode: AppendMode;
  attempt?: number;
  batch?: number;
  epoch?: number;
}

/** The base of a restored log: its seq, and its state, which `readState` reads. */
export interface LogBase {
  seq: number;
  state: unknown;
}

const baseSchema = z.object({ seq: z.int().nonnegative(), state: z.unknown() });

/** Status of a log in Redis. */
export interface LogStatus {
  /** Seq of its last event. */
  seq: number;
  /** Seq of its base if it was restored; 0 if it began with the task. */
  epoch: number;
  attempt: number;
  canceling: boolean;
  ended: boolean;
  /** Seq of its oldest event; `seq + 1` if it has none. */
  firstSeq: number;
  /** Whether its base is there, if it was restored. */
  hasBase: boolean;
}

/** Whether the log has lost early events that neither its base nor the persisted state covers. */
export function hasHole({ firstSeq, epoch, hasBase }: LogStatus, persistedSeq: number): boolean {
  return firstSeq > Math.max(persistedSeq, hasBase ? epoch : 0) + 1;
}

/** First content of a log that replaces a lost one. */
export interface Restoration {
  /** Known state of the task. It includes Redis's own log up to the seq `foldedThrough`; 0 if there was no log. */
  snapshot: TaskSnapshot;
  foldedThrough: number;
  attempt: number;
  canceling: boolean;
  event: Extract<TaskEventDraft, { type: 'queued' | 'retrying' }>;
  /** A seq that the log has had. */
  lostAfter?: number | undefined;
}

/** The logs in Redis: append and read. Each method throws SERVICE_UNAVAILABLE if Redis is away. */
export class TaskLog {
  readonly #redis: Redis;
  readonly #onRefused: ((error: unknown) => void) | undefined;
  #reads = 0;

  /** @param onRefused makes it patient. It is called once for each write of an attempt that waits because Redis is full. */
  constructor(redis: Redis, onRefused?: (error: unknown) => void) {
    this.#redis = redis;
    this.#onRefused = onRefused;
  }

  /** Number of reads of events so far. */
  get reads(): number {
    return this.#reads;
  }

  /** @throws TypeError, writing nothing, if readers could not read an event. */
  async append(task: TaskAddress, options: AppendOptions, events: readonly TaskEventDraft[]): Promise<AppendReply> {
    return this.appendEncoded(task, options, encodeDrafts(task, events));
  }

  /** The same for events that `encodeDrafts` has encoded. */
  async appendEncoded(task: TaskAddress, options: AppendOptions, encoded: readonly string[]): Promise<AppendReply> {
    const { mode, attempt = 0, batch = 0, epoch = 0 } = options;
    const send = () =>
      reachable(() =>
        this.#redis.taskwireAppend(...scriptStart(task), mode, attempt, batch, epoch, ...encoded, OFFERED_SECRET),
      );
    // Writes of an attempt wait: a full Redis costs the task time, and no try.
    const onRefused = mode === 'attempt' || mode === 'claim' ? this.#onRefused : undefined;
    const reply = await (onRefused === undefined ? send() : untilTaken(this.#redis, send, onRefused));
    const [status, seq, currentAttempt, canceling, currentEpoch, relayCount] = appendReplySchema.parse(reply);
    return { status, seq, attempt: currentAttempt, canceling: canceling === 1, epoch: currentEpoch, relayCount };
  }

  async restore(task: TaskAddress, restoration: Restoration): Promise<{ status: number; relayCount: number }> {
    const { snapshot, foldedThrough, attempt, canceling, event, lostAfter = 0 } = restoration;
    const { state } = snapshot;
    const stage = state.stages.findLast((each) => each.status !== 'pending')?.name ?? '';
    const known = [attempt, canceling ? 1 : 0, JSON.stringify(state), state.kind, state.percent, stage, snapshot.seq];
    const reply = await reachable(() =>
      this.#redis.taskwireRestore(
        ...scriptStart(task),
        lostAfter,
        foldedThrough,
        ...known,
        ...draftArguments(task, event),
        OFFERED_SECRET,
      ),
    );
    const [status, relayCount] = restoreReplySchema.parse(reply);
    return { status, relayCount };
  }

  /** At most `limit` events after `afterSeq`, in order. The first may come later than `afterSeq + 1`: a hole. */
  async read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    const { log } = taskKeys(task);
    this.#reads += 1;
    const entries = await reachable(() => this.#redis.xrange(log, `${afterSeq + 1}-0`, '+', 'COUNT', limit));
    return entries.flatMap(([id, fields]) => decodeEntry(task, id, fields) ?? []);
  }

  /** The secret with which the log signs its messages; undefined if there is no log, or an older version wrote it. */
  async secret(task: TaskAddress): Promise<string | undefined> {
    return (await reachable(() => this.#redis.hget(taskKeys(task).meta, 'secret'))) ?? undefined;
  }

  /** The base of a restored log; undefined for a log that began with the task. */
  async base(task: TaskAddress): Promise<LogBase | undefined> {
    const json = await reachable(() => this.#redis.get(taskKeys(task).base));
    return json === null ? undefined : decodeBase(json);
  }

  /** Status of each log, in order; undefined for a log that Redis does not have. */
  async inspect(tasks: readonly TaskAddress[]): Promise<(LogStatus | undefined)[]> {
    return Promise.all(tasks.map((task) => this.#inspect(task)));
  }

  async #inspect(task: TaskAddress): Promise<LogStatus | undefined> {
    const { log, meta, base } = taskKeys(task);
    const fields = ['seq', EPOCH_FIELD, 'attempt', 'canceling', 'ended'];
    const [[seq, epoch, attempt, canceling, ended], hasLog, oldest, hasBase] = await reachable(() =>
      Promise.all([
        this.#redis.hmget(meta, ...fields),
        this.#redis.exists(log),
        this.#redis.xrange(log, '-', '+', 'COUNT', 1),
        this.#redis.exists(base),
      ]),
    );
    // Redis evicts keys one by one. Stream and hash are a log only together.
    if (typeof seq !== 'string' || hasLog === 0) return undefined;
    return {
      seq: Number(seq),
      epoch: Number(epoch ?? 0),
      attempt: Number(attempt ?? 0),
      canceling: canceling === '1',
      ended: typeof ended === 'string',
      firstSeq: Number(oldest[0]?.[0].split('-')[0] ?? Number(seq) + 1),
      hasBase: hasBase === 1,
    };
  }

  async trim(task: TaskAddress, throughSeq: number): Promise<void> {
    if (throughSeq < 1) return;
    await reachable(() => this.#redis.xtrim(taskKeys(task).log, 'MINID', `${throughSeq + 1}-0`));
  }

  /** Removes the log of a deleted task; see the remove script. */
  async remove(task: TaskAddress): Promise<void> {
    const { log, meta, base } = taskKeys(task);
    const { tasks } = topicKeys({ projectId: task.projectId });
    await reachable(() => this.#redis.taskwireRemove(log, meta, base, tasks, task.taskId));
  }

  async expire(task: TaskAddress, afterSeconds: number): Promise<void> {
    const { log, meta, base } = taskKeys(task);
    await reachable(() => Promise.all([log, meta, base].map((key) => this.#redis.expire(key, afterSeconds))));
  }
}

/** Reads a base. Its seq comes first, and is readable even if the rest is cut off. */
function decodeBase(json: string): LogBase | undefined {
  const { data } = baseSchema.safeParse(parseJson(json));
  if (data !== undefined) return data;
  const seq = /^\{"seq":(\d{1,15}),/.exec(json)?.[1];
  return seq === undefined ? undefined : { seq: Number(seq), state: undefined };
}

/** The keys and first arguments of each script that writes to a task's log. */
function scriptStart(task: TaskAddress): string[] {
  const own = taskKeys(task);
  const topic = topicKeys({ projectId: task.projectId });
  const keys = [own.log, own.meta, own.base, topic.log, topic.meta, topic.tasks];
  return [...keys, own.channel, topic.channel, task.taskId, task.projectId];
}
