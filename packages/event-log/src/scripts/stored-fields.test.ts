import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../connection/connection.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import { taskKeys, topicKeys } from '../log/keys.ts';
import { logLine, newTask, queued, Snapshots } from '../testing/task-fixture.ts';

/** Fields as the first released version stores them. With a changed name, the two versions would lose each other's data. */
const META_FIELDS = [
  'attempt',
  'batch',
  'canceling',
  'kind',
  'life',
  'percent',
  'secret',
  'seq',
  'stage',
  'status',
  'told',
];
const TOPIC_FIELDS = ['first', 'events', 'told', 'task', 'summary'];

describe('stored names', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let log: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    log = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  });
  afterAll(async () => {
    await log.close();
    await redis.stop();
  });

  it('stay as older versions read them', async () => {
    const task = snapshots.add(newTask());
    await log.open(task, queued());
    const claim = await log.claim(task, 'worker-1');
    if (!claim.claimed) throw new Error('the task was not claimed');
    await claim.writer.append([logLine('kept')]);

    const admin = connect(redis.redisUrl, true);
    const meta = await admin.hkeys(taskKeys(task).meta);
    const [entry] = await admin.xrevrange(topicKeys({ projectId: task.projectId }).log, '+', '-', 'COUNT', 1);
    await admin.quit();

    expect(meta.sort()).toEqual(META_FIELDS);
    expect(entry?.[1].filter((_, index) => index % 2 === 0)).toEqual(TOPIC_FIELDS);
  });
});
