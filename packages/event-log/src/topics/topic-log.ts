import { taskSummarySchema, type TopicState } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { reachable } from '../connection/connection.ts';
import { decodeBatch, type TopicEntry } from '../log/entry.ts';
import { OFFERED_SECRET } from '../log/signature.ts';
import { topicKeys, type TopicAddress } from '../log/keys.ts';

const snapshotReplySchema = z.tuple([z.coerce.number()], z.string());
const relayReplySchema = z.string();

/** One batch of a project's topic: what was appended to one task's log in one step. */
export interface TopicBatch {
  firstSeq: number;
  lastSeq: number;
  /** The events as JSON. */
  lines: string[];
  /** Places in `lines` of what the owner's topic is to be told. */
  told: number[];
  taskId: string;
  /** Of the task after the batch, as JSON; empty once it has ended. */
  summary: string;
}

/** What a project's topic hands to its owner's. */
export interface HandOver {
  projectId: string;
  /** Seq of the project's topic after which it begins; undefined if there was none before. */
  after: number | undefined;
  through: number;
  /** Events in between are gone. */
  leap: boolean;
  lines: string[];
  /** Task ids with their summaries, in order. */
  summaries: [taskId: string, summary: string][];
}

/** The topics in Redis. All of it throws SERVICE_UNAVAILABLE when Redis is away. */
export class TopicLog {
  readonly #redis: Redis;
  #reads = 0;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** How often entries, or the state, were read. */
  get reads(): number {
    return this.#reads;
  }

  /**
   * The state at the topic's last event.
   * @param least a seq that the topic is known to have had: a topic that has lost it goes on from the clock.
   */
  async snapshot(topic: TopicAddress, least = 0): Promise<{ seq: number; state: TopicState }> {
    const { log, meta, tasks } = topicKeys(topic);
    this.#reads += 1;
    const reply = await reachable(() => this.#redis.taskwireTopicSnapshot(log, meta, tasks, least));
    const [seq, ...summaries] = snapshotReplySchema.parse(reply);
    return { seq, state: { tasks: summaries.map((json) => taskSummarySchema.parse(JSON.parse(json))) } };
  }

  /** The topic's last seq; undefined if Redis knows nothing of it. */
  async head(topic: TopicAddress): Promise<number | undefined> {
    const seq = await reachable(() => this.#redis.hget(topicKeys(topic).meta, 'seq'));
    return seq === null ? undefined : Number(seq);
  }

  /** What the topic signs its messages with; undefined if there is none, or none that signs. */
  async secret(topic: TopicAddress): Promise<string | undefined> {
    return (await reachable(() => this.#redis.hget(topicKeys(topic).meta, 'secret'))) ?? undefined;
  }

  /** Entries after `afterSeq`, in order, of about `limit` batches. The first may come later than `afterSeq + 1`. */
  async read(topic: TopicAddress, afterSeq: number, limit: number): Promise<TopicEntry[]> {
    const batches = await this.batches(topic, afterSeq, limit);
    const entries = batches.flatMap(({ firstSeq, lines }) => decodeBatch(firstSeq, lines.join('\n')));
    return entries.filter((entry) => entry.seq > afterSeq);
  }

  /** At most `limit` batches, the first of them that with `afterSeq + 1` in it, if that is still there. */
  async batches(topic: TopicAddress, afterSeq: number, limit: number): Promise<TopicBatch[]> {
    const { log } = topicKeys(topic);
    this.#reads += 1;
    const entries = await reachable(() => this.#redis.xrange(log, `${afterSeq + 1}-0`, '+', 'COUNT', limit));
    return entries.map(([id, fields]) => toBatch(id, fields));
  }

  /** How far a project's topic has been handed to its owner's; undefined if not at all. */
  async relayedThrough(ownerId: string, projectId: string): Promise<number | undefined> {
    const field = await reachable(() => this.#redis.hget(topicKeys({ ownerId }).meta, `at:${projectId}`));
    return field === null ? undefined : Number(field);
  }

  /** Takes a task out of an owner's unfinished ones. */
  async forgetTask(ownerId: string, taskId: string): Promise<void> {
    await reachable(() => this.#redis.hdel(topicKeys({ ownerId }).tasks, taskId));
  }

  /** Removes the topic of a deleted project, and what its owner's topic knows of it. */
  async remove(ownerId: string, projectId: string): Promise<void> {
    const { log, meta, tasks } = topicKeys({ projectId });
    await reachable(() => this.#redis.del(log, meta, tasks));
    await reachable(() => this.#redis.hdel(topicKeys({ ownerId }).meta, `at:${projectId}`));
  }

  /** @returns false, having done nothing, if somebody else has handed over something since. */
  async handOver(ownerId: string, handOver: HandOver): Promise<boolean> {
    const { log, meta, tasks, channel } = topicKeys({ ownerId });
    const { projectId, after, through, leap, lines, summaries } = handOver;
    const head = [channel, projectId, after ?? '', through, leap ? 1 : 0, lines.length];
    const reply = await reachable(() =>
      this.#redis.taskwireRelay(log, meta, tasks, ...head, ...lines, ...summaries.flat(), OFFERED_SECRET),
    );
    return relayReplySchema.parse(reply) === '';
  }
}

function toBatch(id: string, fields: readonly string[]): TopicBatch {
  const field = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
  const told = field('told');
  return {
    firstSeq: Number(field('first')),
    lastSeq: Number(id.split('-')[0]),
    lines: field('events').split('\n'),
    // Lua counts from 1.
    told: told === '' ? [] : told.split(',').map((place) => Number(place) - 1),
    taskId: field('task'),
    summary: field('summary'),
  };
}
