// A program for tests: a worker, a watcher of the task, one of its owner's topic, and one task from its creation to its
// end. Prints what both watchers saw as JSON. Its environment is that of a worker.
import { createDatabase } from '@taskwire/db';
import { createEventLog } from '@taskwire/event-log';
import { createTaskQueue } from '@taskwire/queue';
import { pino } from 'pino';
import { readEnvironment } from '../env.ts';
import { TaskRows } from '../running/stored/task-rows.ts';
import { startWorker } from '../worker.ts';
import { createTaskWith } from './test-backend.ts';
import { countTask, testHandlers } from './test-tasks.ts';

const environment = readEnvironment();
const { databaseUrl, redisUrl } = environment;
const failures: string[] = [];
const onConnectionError = (error: Error) => void failures.push(error.message);
const database = createDatabase({ connectionString: databaseUrl });
const rows = new TaskRows(database);
const loadSnapshot = (taskId: string) => rows.loadSnapshot(taskId);
const eventLog = createEventLog({ redisUrl, loadSnapshot, onConnectionError });
const retryPolicyOf = () => countTask.retry;
const queue = createTaskQueue({ redisUrl, retryPolicyOf, onConnectionError });
const ended = new AbortController();

try {
  const worker = await startWorker({
    environment,
    handlers: testHandlers,
    logger: pino({ level: 'silent' }),
    workerId: 'worker-1',
  });
  const ofOwner: string[] = [];
  const topic = (async () => {
    for await (const message of eventLog.followTopic({ ownerId: 'ada' }, { cursor: undefined }, ended.signal)) {
      if (message.type === 'event') ofOwner.push(`${message.event.taskId} ${message.event.type}`);
      if (ofOwner.at(-1)?.endsWith(' done') === true) return;
    }
  })();
  const task = await createTaskWith({ database, eventLog }, { task: countTask, input: { to: 20, everyMs: 20 } });
  await queue.enqueue({ taskId: task.taskId, kind: 'demo.count', priority: 5 });
  const ofTask: string[] = [];
  for await (const message of eventLog.follow(task, undefined, ended.signal)) ofTask.push(message.type);
  await topic;
  await worker.stop();
  await Promise.all([eventLog.close(), queue.close(), database.$disconnect()]);
  process.stdout.write(`${JSON.stringify({ taskId: task.taskId, ofTask, ofOwner })}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${String(error)} ${failures.join('; ')}\n`);
  process.exit(1);
}
