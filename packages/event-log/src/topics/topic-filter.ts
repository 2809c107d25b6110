import type { TaskEvent, TaskEventType, UnreadableEvent } from '@taskwire/protocol';

/** Filter of a watcher: events of these stages and types. Absent: of all. */
export interface TopicFilter {
  stages?: readonly string[] | undefined;
  types?: readonly TaskEventType[] | undefined;
}

/** Whether a filter lets an event through. Its cost does not depend on how many names the filter has. */
export type EventMatcher = (event: TaskEvent) => boolean;

const matchers = new WeakMap<TopicFilter, EventMatcher>();

/** The matcher of a filter, compiled once for each filter object. */
export function matcherOf(filter: TopicFilter): EventMatcher {
  const known = matchers.get(filter);
  if (known !== undefined) return known;
  const matcher = compile(filter);
  matchers.set(filter, matcher);
  return matcher;
}

function compile(filter: TopicFilter): EventMatcher {
  const stages = filter.stages === undefined ? undefined : new Set(filter.stages);
  const types = filter.types === undefined ? undefined : new Set<string>(filter.types);
  return (event) => {
    if (event.type === 'unreadable') return mayMatch(event, { stages, types });
    if (types !== undefined && !types.has(event.type)) return false;
    if (stages === undefined) return true;
    return 'stage' in event && stages.has(event.stage);
  };
}

interface Names {
  stages: ReadonlySet<string> | undefined;
  types: ReadonlySet<string> | undefined;
}

/** An unreadable event matches unless its recovered parts exclude that. */
function mayMatch({ originalType, stage }: UnreadableEvent, { stages, types }: Names): boolean {
  const isOfTypes = originalType === undefined || types?.has(originalType) !== false || types.has('unreadable');
  const isOfStages = stages === undefined || stage === undefined || stages.has(stage);
  return isOfTypes && isOfStages;
}
