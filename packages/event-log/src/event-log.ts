import type { Redis } from 'ioredis';
import { connect, withoutCommand } from './connection/connection.ts';
import { Pinger } from './connection/pinger.ts';
import { taskKeys, topicKeys, type TaskAddress, type TopicAddress } from './log/keys.ts';
import type { LoadSnapshot } from './log/load-head.ts';
import { TaskLog } from './log/task-log.ts';
import { createAdministration, type EventLogAdministration } from './roles/administration.ts';
import { createReader, type EventLogReader } from './roles/reader.ts';
import { createWatcher, type EventLogWatcher } from './roles/watcher.ts';
import { createWriter, type EventLogWriter } from './roles/writer.ts';
import { Relay } from './topics/relay.ts';
import { TopicFeed } from './topics/topic-feed.ts';
import { TopicLog } from './topics/topic-log.ts';
import { CancelChannel, type EventLogCancels } from './watching/cancel-channel.ts';
import { Hub } from './watching/hub.ts';
import { TaskFeed } from './watching/task-feed.ts';

export interface EventLogSettings {
  redisUrl: string;
  /** The persisted state of a task, or undefined if there is no such task. */
  loadSnapshot: LoadSnapshot;
  /** Appends and reads wait for as long as Redis is away, instead of failing within seconds. For workers. */
  patient?: boolean;
  /** Called for each failed try to reach Redis; the connection goes on trying. */
  onConnectionError?: (error: Error) => void;
}

/** Figures of this process, as they are now. */
export interface EventLogStatistics {
  /** Number of reads of the logs of tasks, and of topics, since this process began. */
  readonly logReads: { task: number; topic: number };
  /** Number of watched tasks, and of watched topics. */
  readonly watchedTasks: number;
  readonly watchedTopics: number;
}

/** The event logs of all tasks, and their topics. A user of it depends on the roles that it needs. */
export interface EventLog
  extends EventLogWriter, EventLogReader, EventLogWatcher, EventLogCancels, EventLogAdministration {
  readonly statistics: EventLogStatistics;
  /** Closes feeds and connections. If Redis answers, writes that are under way finish first. */
  close(): Promise<void>;
}

/** Opens the event log over two connections to Redis. It connects by itself, and again whenever a connection is lost. */
export function createEventLog(settings: EventLogSettings): EventLog {
  const { redisUrl, loadSnapshot, patient = false, onConnectionError } = settings;
  const report = (error: unknown) => {
    if (error instanceof Error) onConnectionError?.(withoutCommand(error));
  };
  const commands = connect(redisUrl, patient);
  const subscriber = connect(redisUrl, patient);
  for (const connection of [commands, subscriber]) connection.on('error', report);
  const pingers = [new Pinger(commands), new Pinger(subscriber)];

  const log = new TaskLog(commands, patient ? report : undefined);
  const topicLog = new TopicLog(commands);
  const relay = new Relay(topicLog);
  const tasks = new Hub(subscriber, {
    channelOf: (task: TaskAddress) => taskKeys(task).channel,
    makeFeed: (task: TaskAddress) => new TaskFeed(task, log, loadSnapshot),
  });
  const topics = new Hub(subscriber, {
    channelOf: (topic: TopicAddress) => topicKeys(topic).channel,
    makeFeed: (topic: TopicAddress) => new TopicFeed(topic, topicLog),
  });
  const cancels = new CancelChannel(subscriber);
  return {
    ...createWriter({ log, relay, loadSnapshot }),
    ...createReader({ commands, log, loadSnapshot }),
    ...createWatcher({ tasks, topics }),
    onCancelRequested: (task, onCancel) => cancels.listen(task.taskId, onCancel),
    ...createAdministration({ log, topicLog, relay, loadSnapshot }),
    statistics: {
      get logReads() {
        return { task: log.reads, topic: topicLog.reads };
      },
      get watchedTasks() {
        return tasks.size;
      },
      get watchedTopics() {
        return topics.size;
      },
    },
    async close() {
      tasks.close();
      topics.close();
      if (commands.status === 'ready') await relay.idle();
      for (const pinger of pingers) pinger.stop();
      await Promise.all([quit(commands), quit(subscriber)]);
    },
  };
}

async function quit(connection: Redis): Promise<void> {
  if (connection.status !== 'ready') return connection.disconnect();
  await connection.quit().catch(() => connection.disconnect());
}
