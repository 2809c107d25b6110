import { TASK_EVENT_TYPES, fieldErrors, invalidInput } from '@taskwire/protocol';
import * as z from 'zod';
import type { TopicFilter } from '../../ports/task-events.ts';

/** Largest number of names in one list. */
const MOST_NAMES = 50;
/** Longest name of a stage (characters). */
const LONGEST_NAME = 200;

/** Names in order, each once: filters that match the same events are equal. */
function sorted<Name extends string>(names: readonly Name[]): Name[] {
  return [...new Set(names)].sort();
}

/** The events of a project that a watcher gets: of these stages and of these types. An absent list means no restriction. */
export const topicFilterSchema = z.object({
  stages: z.exactOptional(z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_NAMES).transform(sorted)),
  types: z.exactOptional(z.array(z.enum(TASK_EVENT_TYPES)).min(1).max(MOST_NAMES).transform(sorted)),
});

/** Reads a filter that did not come by tRPC. @throws TaskwireError INVALID_INPUT, naming each refused field. */
export function parseTopicFilter(filter: unknown): TopicFilter {
  const parsed = topicFilterSchema.safeParse(filter);
  if (parsed.success) return parsed.data;
  throw invalidInput(fieldErrors(parsed.error));
}
