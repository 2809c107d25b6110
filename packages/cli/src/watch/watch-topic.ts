import type { ProjectWatchOptions, TaskwireClient, TopicMessage } from '@taskwire/client';
import type { CommandContext } from '../context.ts';
import { EXIT_STATUS, type ExitStatus } from '../surroundings.ts';
import { connectionRemarks } from './message-words.ts';
import { topicWords } from './topic-words.ts';

/** A watched topic: a project, with or without a filter, or all tasks of the caller. */
export interface WatchedTopic {
  projectId?: string;
  stages?: string[];
  types?: ProjectWatchOptions['types'];
  lastEventId?: string;
}

/** Watches a topic until Ctrl-C, with one line for each message. */
export async function watchTopic(
  { client, output, surroundings }: CommandContext,
  topic: WatchedTopic,
): Promise<ExitStatus> {
  const interrupted = new AbortController();
  const forget = surroundings.onInterrupt(() => interrupted.abort());
  let last = topic.lastEventId;
  try {
    const onConnectionChange = connectionRemarks((words) => output.remark(words));
    const options = { signal: interrupted.signal, onConnectionChange, lastEventId: topic.lastEventId };
    for await (const message of messagesOf(client, topic, options)) {
      last = String(message.seq);
      // Events that the filter skips are of no interest to people.
      if (output.json || message.type !== 'skipped') output.result(message, topicWords(message, output.colors));
    }
  } finally {
    forget();
  }
  if (last !== undefined) output.remark(`go on from here with --last-event-id ${last}`);
  return EXIT_STATUS.interrupted;
}

function messagesOf(
  client: TaskwireClient,
  { projectId, stages, types }: WatchedTopic,
  options: ProjectWatchOptions,
): AsyncIterable<TopicMessage> {
  return projectId === undefined
    ? client.watchAny(options)
    : client.watchProject(projectId, { ...options, stages, types });
}
