import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { TrueEvent, TruthLog } from '../../truth/truth-log.ts';
import type { SubjectRules } from '../checks/check-watcher.ts';
import { BLANK, fold } from '../comparing/fold.ts';
import { firstSeqOf, isTerminalType, type Message } from '../message.ts';

/** Filter of a topic's watcher; everything if absent. */
export interface TopicFilter {
  types?: readonly string[] | undefined;
  stages?: readonly string[] | undefined;
}

const innerSchema = z.looseObject({
  taskId: z.string(),
  seq: z.int(),
  type: z.string(),
  stage: z.string().optional(),
});
const stateSchema = z.object({ tasks: z.array(z.looseObject({ taskId: z.string(), status: z.string() })) });

/**
 * The rules for watchers of a topic: a project, or all tasks of an owner.
 * @param mayBeCanceling whether a cancel was asked for. That is kept elsewhere too, and outlives a loss of Redis.
 */
export function topicRules(
  log: TruthLog,
  filter: TopicFilter = {},
  mayBeCanceling: (taskId: string) => boolean = () => false,
): SubjectRules {
  const matches = (entry: TrueEvent) => passes(entry, filter);
  return {
    log,
    ends: [],
    matters: (seq) => {
      const entry = log.get(seq);
      return entry !== undefined && matches(entry);
    },
    eventProblem: (message) => topicEventProblem(log, message, matches),
    stateProblem: (message) => stateProblem(log, message, mayBeCanceling),
  };
}

function passes(entry: TrueEvent, { types, stages }: TopicFilter): boolean {
  const { type, stage } = innerSchema.parse(entry['event']);
  if (types !== undefined && !types.includes(type)) return false;
  return stages === undefined || (stage !== undefined && stages.includes(stage));
}

function topicEventProblem(
  log: TruthLog,
  message: Message,
  matches: (entry: TrueEvent) => boolean,
): string | undefined {
  const isEvent = message.type === 'event';
  if (!isEvent && message.type !== 'skipped') return `is of type ${message.type}`;
  const from = firstSeqOf(message);
  const skipped = log.between(from, isEvent ? message.seq - 1 : message.seq);
  const wanted = skipped.filter(matches);
  if (wanted.length > 0) return `skips ${wanted.map(({ seq }) => seq).join(', ')}, which were asked for`;
  if (!isEvent) return undefined;
  const truth = log.get(message.seq);
  if (truth === undefined) return 'the log never held it';
  if (!matches(truth)) return 'was not asked for';
  return isDeepStrictEqual(message['event'], truth['event'])
    ? undefined
    : `is not ${JSON.stringify(truth).slice(0, 300)}`;
}

/** The tasks that a topic's state must name: those with events since the topic was last lost, which have not ended. */
function stateProblem(
  log: TruthLog,
  message: Message,
  mayBeCanceling: (taskId: string) => boolean,
): string | undefined {
  const parsed = stateSchema.safeParse(message.state);
  if (!parsed.success) return 'it is not a state';
  const named = new Map(parsed.data.tasks.map((task) => [task.taskId, task.status]));
  for (const [taskId, status] of statusesAt(log, message.seq)) {
    const said = named.get(taskId);
    const kept = said === 'canceling' && mayBeCanceling(taskId) && (log.hasLosses || isRestored(log, taskId));
    const problem = kept ? undefined : statusProblem(status, said);
    if (problem !== undefined) return `${taskId} ${problem}`;
  }
  return undefined;
}

/** Whether the topic shows that a task's log began with a number from the clock, and so was restored. */
function isRestored(log: TruthLog, taskId: string): boolean {
  const first = log.events.find((entry) => innerSchema.parse(entry['event']).taskId === taskId);
  return first !== undefined && innerSchema.parse(first['event']).seq !== 1;
}

function statusProblem(status: string, said: string | undefined): string | undefined {
  if (isTerminalType(status)) return said === undefined ? undefined : `has ended, but is ${said} there`;
  return said === status ? undefined : `is ${said ?? 'not named'}, not ${status}`;
}

function statusesAt(log: TruthLog, seq: number): Map<string, string> {
  const statuses = new Map<string, string>();
  const begin = log.lossBefore(seq) + 1;
  for (const entry of log.between(begin, seq)) {
    const inner = innerSchema.parse(entry['event']);
    const before = { ...BLANK, status: statuses.get(inner.taskId) ?? BLANK.status };
    statuses.set(inner.taskId, fold(before, inner).status);
  }
  return statuses;
}
