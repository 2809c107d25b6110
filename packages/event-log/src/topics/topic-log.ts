import { readSummaries, type TopicState } from '@taskwire/protocol';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { reachable } from '../connection/connection.ts';
import { decodeBatch, entrySeq, parseJson, type TopicEntry } from '../log/entry.ts';
import { OFFERED_SECRET } from '../log/signature.ts';
import { topicKeys, type TopicAddress } from '../log/keys.ts';
import { RELAY_INDEXES_FIELD } from '../scripts/stored-fields.ts';

/** More events (a count) than any batch has: a first number that says so is not believed. */
const MOST_IN_BATCH = 100_000;

const snapshotReplySchema = z.tuple([z.coerce.number()], z.string());
const relayReplySchema = z.string();

/** One batch of a project's topic: what was appended to one task's log in one step. */
export interface TopicBatch {
  firstSeq: number;
  lastSeq: number;
  /** The events as JSON. */
  lines: string[];
  /** Indexes in `lines` of the events that the owner's topic gets. */
  relayIndexes: number[];
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
    const [seq, ...fields] = snapshotReplySchema.parse(reply);
    return { seq, state: readSummaries(summariesIn(fields)) };
  }

  /** The topic's last seq; undefined if Redis knows nothing of it. */
  async head(topic: TopicAddress): Promise<number | undefined> {
    const seq = await reachable(() => this.#redis.hget(topicKeys(topic).meta, 'seq'));
    return seq === null ? undefined : Number(seq);
  }

  /** Returns the secret with which the topic signs its messages; undefined if it does not exist, or does not sign. */
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

  /** At most `limit` batches, the first of them that with `afterSeq + 1` in it, if that is still there. */
  async batches(topic: TopicAddress, afterSeq: number, limit: number): Promise<TopicBatch[]> {
    const { log } = topicKeys(topic);
    this.#reads += 1;
    const entries = await reachable(() => this.#redis.xrange(log, `${afterSeq + 1}-0`, '+', 'COUNT', limit));
    return entries.flatMap(([id, fields]) => toBatch(id, fields) ?? []);
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

/** Pairs of a task's id and its summary; one that is not JSON is undefined. */
function* summariesIn(fields: readonly string[]): Generator<readonly [taskId: string, summary: unknown], void> {
  for (let index = 0; index + 1 < fields.length; index += 2) {
    yield [fields[index] ?? '', parseJson(fields[index + 1] ?? '')];
  }
}

/** Undefined for an entry without a number of its own, which only another hand can have written. */
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
    // Each number has its line, even where the line is missing.
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

/** Returns the number of events in a batch whose first event has the number `first`; undefined if it cannot be read. */
function countOf(first: string, lastSeq: number): number | undefined {
  const count = lastSeq - Number(first) + 1;
  return first !== '' && Number.isInteger(count) && count >= 1 && count <= MOST_IN_BATCH ? count : undefined;
}
