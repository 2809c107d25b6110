import type { TopicMessage } from '@taskwire/protocol';
import type { TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';
import type { Caller, Ports } from '../../context.ts';
import { translated } from '../../errors.ts';
import { callerProcedure } from '../../trpc.ts';
import { neverAborted } from '../../use-cases/never-aborted.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { watchTopic, type TopicWatch } from '../../use-cases/watch-topic.ts';
import { topicFilterSchema } from './topic-filter.ts';

const onProgressInput = topicFilterSchema.extend({ projectId: z.uuid(), lastEventId: z.string().nullish() });

interface ProjectWatch extends Omit<TopicWatch, 'ports' | 'topic'> {
  ports: Ports;
  caller: Caller;
  projectId: string;
}

async function* watch(request: ProjectWatch): AsyncGenerator<TrackedEnvelope<TopicMessage>, void, undefined> {
  const { caller, projectId, ...rest } = request;
  requireOwned(caller, await rest.ports.projects.find(projectId), 'project');
  yield* watchTopic({ ...rest, topic: { projectId } });
}

/**
 * All tasks of a project: a snapshot of the unfinished ones, then every event that the filter takes. Never ends by
 * itself.
 */
export const onProgress = callerProcedure.input(onProgressInput).subscription(({ ctx, input, signal }) => {
  const { projectId, lastEventId, ...filter } = input;
  const { ports, caller } = ctx;
  return translated(watch({ ports, caller, projectId, filter, lastEventId, signal: signal ?? neverAborted() }));
});
