import type { TaskEvent, TaskEventDraft } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { APPEND_STATUS, type AppendMode } from './append-script.ts';
import { reachable } from './connection.ts';
import { decodeEvent, encodeDraft } from './entry.ts';
import { taskKeys, type TaskAddress } from './keys.ts';

const replySchema = z.tuple([z.enum(APPEND_STATUS), z.int(), z.int(), z.int()]);

/** The append script's answer. `seq` is that of the log's last event. */
export interface AppendReply {
  status: (typeof APPEND_STATUS)[keyof typeof APPEND_STATUS];
  seq: number;
  attempt: number;
  canceling: boolean;
}

/** Who appends, and for an attempt which one and its how-manieth batch. */
export interface Author {
  mode: AppendMode;
  attempt?: number;
  batch?: number;
}

/** The logs in Redis: append and read, nothing live. All of it throws SERVICE_UNAVAILABLE when Redis is away. */
export class TaskLog {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async append(task: TaskAddress, author: Author, events: readonly TaskEventDraft[]): Promise<AppendReply> {
    const { log, meta, channel } = taskKeys(task);
    const encoded = events.flatMap((event) => encodeDraft(task, event));
    const { mode, attempt = 0, batch = 0 } = author;
    const reply = await reachable(() =>
      this.#redis.taskwireAppend(log, meta, channel, mode, attempt, batch, ...encoded),
    );
    const [status, seq, currentAttempt, canceling] = replySchema.parse(reply);
    return { status, seq, attempt: currentAttempt, canceling: canceling === 1 };
  }

  /** At most `limit` events after `afterSeq`, in order. The first may come later than `afterSeq + 1`: a gap. */
  async read(task: TaskAddress, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    const { log } = taskKeys(task);
    const entries = await reachable(() => this.#redis.xrange(log, `${afterSeq + 1}-0`, '+', 'COUNT', limit));
    return entries.flatMap(([, fields]) => (fields[1] === undefined ? [] : [decodeEvent(fields[1])]));
  }

  async expire(task: TaskAddress, afterSeconds: number): Promise<void> {
    const { log, meta } = taskKeys(task);
    await reachable(() => Promise.all([this.#redis.expire(log, afterSeconds), this.#redis.expire(meta, afterSeconds)]));
  }
}
