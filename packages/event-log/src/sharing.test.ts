import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { STAGE, Snapshots, claimTask, logLine, newTask } from './testing/task-fixture.ts';
import { positionAt, type Watching } from './watching/watcher.ts';

/** The messages of two watchers with one cursor, in one step each. */
async function pullTwice<Message>({ watcherAt }: Pick<Watching<Message>, 'watcherAt'>, cursor: number | undefined) {
  const one = await watcherAt(positionAt(cursor)).next();
  const other = await watcherAt(positionAt(cursor)).next();
  expect(one.length).toBeGreaterThan(0);
  return { one, other };
}

describe('watchers with one cursor', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let log: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    log = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
  });
  afterAll(async () => {
    await log.close();
    await redis.stop();
  });

  async function written(tokens: number) {
    const { task, writer } = await claimTask(log, snapshots.add(newTask()));
    const token = (offset: number) => ({ type: 'token', stage: STAGE, text: 'x', offset }) as const;
    await writer.append([logLine('first'), ...Array.from({ length: tokens }, (_each, index) => token(index))]);
    return task;
  }

  it.each([
    ['the snapshot', undefined],
    ['events', 1],
    ['merged events', 2],
    ['a gap', 9_999],
  ])('of a task get the same object: %s', async (what, cursor) => {
    const task = await written(what === 'merged events' ? 100 : 3);
    const watching = await log.watchTask(task, cursor);
    const { one, other } = await pullTwice(watching, cursor);
    expect(one.every((message, index) => message === other[index])).toBe(true);
    watching.release();
  });

  it.each([
    ['the snapshot', undefined],
    ['events', 2],
  ])('of a topic get the same object: %s', async (_what, behind) => {
    const { projectId } = await written(3);
    const topic = { projectId };
    const looking = await log.watchTopic(topic, undefined);
    const [snapshot] = await looking.watcherAt(undefined).next();
    const cursor = behind === undefined || snapshot === undefined ? undefined : snapshot.seq - behind;
    const { one, other } = await pullTwice(looking, cursor);
    expect(one.every((message, index) => message === other[index])).toBe(true);
    looking.release();
  });

  it('cost one read of the log together', async () => {
    const task = await written(3);
    const before = log.statistics.logReads.task;
    const holds = await Promise.all(Array.from({ length: 200 }, () => log.watchTask(task, 2)));
    const delivered = await Promise.all(holds.map(({ watcherAt }) => watcherAt(positionAt(2)).next()));
    expect(delivered.every((messages) => messages.length === 4)).toBe(true);
    expect(log.statistics.logReads.task - before).toBe(1);
    for (const { release } of holds) release();
  });
});
