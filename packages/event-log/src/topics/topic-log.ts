import { readSummaries, type TopicState } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { reachable } from '../connection/connection.ts';
import { decodeBatch, entrySeq, parseJson, type TopicEntry } from '../log/entry.ts';
import { OFFERED_SECRET } from '../log/signature.ts';
import { topicKeys, type TopicAddress } from '../log/keys.ts';
import { RELAY_INDEXES_FIELD } from '../scripts/stored-fields.ts';

/** Largest believable number of events in a batch: a stored first seq that gives more is ignored. */
const MOST_IN_BATCH = 100_000;

const snapshotReplySchema = z.tuple([z.coerce.number()], z.string());
const relayReplySchema = z.string();

/** One batch of a project's topic: the events of one append to a task's log. */
export interface TopicBatch {
  firstSeq: number;
  lastSeq: number;
  /** The events as JSON. */
  lines: string[];
  /** Indexes in `lines` of the events that the owner's topic gets. */
  relayIndexes: number[];
  taskId: string;
  /** Summary of the task after the batch, as JSON; empty once it has ended. */
  summary: string;
}

/** One step of a relay: events of a project's topic for its owner's. */
export interface RelayStep {
  projectId: string;
  /** Seq of the project's topic at which the step before ended; undefined for the first step. */
  after: number | undefined;
  through: number;
  /** Whether events between the steps are gone. */
  isLeap: boolean;
  lines: string[];
  /** Task ids with their summaries, in order. */
  summaries: [taskId: string, summary: string][];
}

/** The topics in Redis. Each method throws SERVICE_UNAVAILABLE if Redis is away. */
export class TopicLog {
  readonly #redis: Redis;
  #reads = 0;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Number of reads of entries, or of the state, so far. */
  get reads(): number {
    return this.#reads;
  }

  /**
   * The state at the topic's last event.
   * @param least a seq that the topic has had: a topic that has lost it goes on from the clock.
   */
  async snapshot(topic: TopicAddress, least = 0): Promise<{ seq: number; state: TopicState }> {
    const { log, meta, tasks } = topicKeys(topic);
    this.#reads += 1;
    const reply = await reachable(() => this.#redis.taskwireTopicSnapshot(log, meta, tasks, least));
    const [seq, ...fields] = snapshotReplySchema.parse(reply);
    return { seq, state: readSummaries(summariesIn(fields)) };
  }

  /** The topic's last seq; undefined if Redis has no such topic. */
  async head(topic: TopicAddress): Promise<number | undefined> {
    const seq = await reachable(() => this.#redis.hget(topicKeys(topic).meta, 'seq'));
    return seq === null ? undefined : Number(seq);
  }

  /** The secret with which the topic signs its messages; undefined if there is no topic, or an older version wrote it. */
  async secret(topic: TopicAddress): Promise<string | undefined> {
    return (await reachable(() => this.#redis.hget(topicKeys(topic).meta, 'secret'))) ?? undefined;
  }

  /** Entries after `afterSeq`, in order, of about `limit` batches. The first may come later than `afterSeq + 1`. */
  async read(topic: TopicAddress, afterSeq: number, limit: number): Promise<TopicEntry[]> {
    const batches = await this.batches(topic, afterSeq, limit);
    const { projectId } = topic;
    const entries = batches.flatMap(({ firstSeq, lines }) => decodeBatch(firstSeq, lines, { projectId }));
    return entries.filter((entry) => entry.seq > afterSeq);
  }

  /** At most `limit` batches. The first one includes `afterSeq + 1`, if that is still there. */
  async batches(topic: TopicAddress, afterSeq: number, limit: number): Promise<TopicBatch[]> {
    const { log } = topicKeys(topic);
    this.#reads += 1;
    const entries = await reachable(() => this.#redis.xrange(log, `${afterSeq + 1}-0`, '+', 'COUNT', limit));
    return entries.flatMap(([id, fields]) => toBatch(id, fields) ?? []);
  }

  /** Seq up to which a project's topic has been relayed to its owner's; undefined if it has not. */
  async relayedThrough(ownerId: string, projectId: string): Promise<number | undefined> {
    const field = await reachable(() => this.#redis.hget(topicKeys({ ownerId }).meta, `at:${projectId}`));
    return field === null ? undefined : Number(field);
  }

  /** Removes a task from the unfinished tasks of an owner's topic. */
  async forgetTask(ownerId: string, taskId: string): Promise<void> {
    await reachable(() => this.#redis.hdel(topicKeys({ ownerId }).tasks, taskId));
  }

  /** Removes the topic of a deleted project, and the seq up to which it was relayed. */
  async remove(ownerId: string, projectId: string): Promise<void> {
    const { log, meta, tasks } = topicKeys({ projectId });
    await reachable(() => this.#redis.del(log, meta, tasks));
    await reachable(() => this.#redis.hdel(topicKeys({ ownerId }).meta, `at:${projectId}`));
  }

  /** Relays a step. @returns false, having changed nothing, if another process has relayed since the step before. */
  async relay(ownerId: string, step: RelayStep): Promise<boolean> {
    const { log, meta, tasks, channel } = topicKeys({ ownerId });
    const { projectId, after, through, isLeap, lines, summaries } = step;
    const firstArguments = [channel, projectId, after ?? '', through, isLeap ? 1 : 0, lines.length];
    const reply = await reachable(() =>
      this.#redis.taskwireRelay(log, meta, tasks, ...firstArguments, ...lines, ...summaries.flat(), OFFERED_SECRET),
    );
    return relayReplySchema.parse(reply) === '';
  }
}

/** Pairs of a task's id and its summary; a summary that is not JSON is undefined. */
function* summariesIn(fields: readonly string[]): Generator<readonly [taskId: string, summary: unknown], void> {
  for (let index = 0; index + 1 < fields.length; index += 2) {
    yield [fields[index] ?? '', parseJson(fields[index + 1] ?? '')];
  }
}

/** Undefined for an entry whose id has no seq: no script of this package wrote it. */
function toBatch(id: string, fields: readonly string[]): TopicBatch | undefined {
  const lastSeq = entrySeq(id);
  if (lastSeq === undefined) return undefined;
  const field = (name: string) => valueOf(fields, name);
  const relayIndexes = field(RELAY_INDEXES_FIELD);
  const written = field('events').split('\n');
  const count = countOf(field('first'), lastSeq) ?? written.length;
  return {
    firstSeq: lastSeq - count + 1,
    lastSeq,
    // Each seq has a line, even if the stored line is missing.
    lines: Array.from({ length: count }, (_none, place) => written[place] ?? ''),
    // Lua counts from 1.
    relayIndexes: relayIndexes === '' ? [] : relayIndexes.split(',').map((place) => Number(place) - 1),
    taskId: field('task'),
    summary: field('summary'),
  };
}

function valueOf(fields: readonly string[], name: string): string {
  const place = fields.findIndex((field, index) => index % 2 === 0 && field === name);
  return place === -1 ? '' : (fields[place + 1] ?? '');
}

/** Number of events in a batch from the seq `first` on; undefined if `first` cannot be read. */
function countOf(first: string, lastSeq: number): number | undefined {
  const count = lastSeq - Number(first) + 1;
  return first !== '' && Number.isInteger(count) && count >= 1 && count <= MOST_IN_BATCH ? count : undefined;
}
